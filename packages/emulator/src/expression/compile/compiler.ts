import type { BoundExpression, BoundFunction, BoundStatement, MemberUse } from '@apim-kit/policy-dsl/expression'
import type { Code, Delegate, Exec, Frame, Steps } from './frame.js'

/** What the compilers of single nodes need of each other. */
export interface Compiler {
  expression(node: BoundExpression): Code
  statement(node: BoundStatement): Exec
  /** A statement of an iterator. */
  steps(node: BoundStatement): Steps
  /** A function, given the frame around it when its value is created. */
  function(node: BoundFunction): (outer: Frame) => Delegate
  /**
   * The implementation of a member, with the receiver of an instance member as first argument.
   *
   * @param write the setter of a property, field or indexer. Default false.
   * @throws ApimKitError `not-supported` when there is none
   */
  implementation(use: MemberUse, write?: boolean): Delegate
}
