/** The expression language: parser, binder, printer and the types that expressions see. `@apim-kit/policy-dsl/expression`. */
export * from './expression/index.js'
