import type { Delegate } from '../compile/frame.js'
import { types } from '../types.js'
import { ClrArray } from '../values/collections.js'
import {
  combineDelegates,
  delegateType,
  invocationList,
  rememberDelegate,
  removeDelegate,
} from '../values/delegates.js'
import { membersOf, type TypeMembers } from './members.js'

export const delegateMembers: readonly TypeMembers[] = [
  membersOf('System.Delegate', () => ({
    Combine: combineDelegates,
    Remove: removeDelegate,
    GetInvocationList: (self: Delegate) => {
      const list = invocationList(self)
      const type = delegateType(self)
      if (type) for (const delegate of list) rememberDelegate(delegate, type)
      return new ClrArray(types().named('System.Delegate'), [...list])
    },
  })),
]
