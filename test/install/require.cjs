// CommonJS, on a Node that cannot require() an ES module.
const { ApimKitError } = require('@apim-kit/core')
require('@apim-kit/policy-dsl')
require('@apim-kit/policy-dsl/expression')
require('@apim-kit/deploy')
require('apim-kit')
const emulator = require('@apim-kit/emulator')
console.log(ApimKitError, emulator)
