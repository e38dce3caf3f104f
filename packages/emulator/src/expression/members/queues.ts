import type { Cell } from '../compile/frame.js'
import type { ClrList } from '../values/collections.js'
import { defaultOf } from '../values/defaults.js'
import { invalidOperation } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { copyInto, getEnumerator, insertAt, newList, walk, withElement } from './collections.js'
import type { Bound, Implementation, MemberTable } from './members.js'

/** `TryPeek` and its like: false, and the default of the type, where there is nothing. */
const tryTake = (take: (self: ClrList) => ClrValue): Bound =>
  withElement((type) => (self: ClrList, result: Cell) => {
    const isEmpty = self.items.length === 0
    result.value = isEmpty ? defaultOf(type) : take(self)
    return !isEmpty
  })

function emptyError(kind: string): Error {
  return invalidOperation(`${kind} empty.`)
}

/** Queue and Stack: a list whose front is where items leave. */
export function queueLike(kind: 'Queue' | 'Stack', lists: MemberTable): MemberTable {
  const put = (self: ClrList, item: ClrValue): void => (kind === 'Queue' ? self.add(item) : insertAt(self, 0, [item]))
  const peek = (self: ClrList): ClrValue => {
    const [first] = self.items
    if (first === undefined) throw emptyError(kind)
    return first
  }
  const take = (self: ClrList): ClrValue => {
    const first = peek(self)
    self.version++
    self.items.shift()
    return first
  }
  return {
    '.ctor()': lists['.ctor()'] as Bound,
    '.ctor(int)': lists['.ctor(int)'] as Bound,
    '.ctor(IEnumerable<T>)': withElement(
      (type, _equality, container) => (source: ClrValue) =>
        newList(container, type, kind === 'Queue' ? walk(source) : [...walk(source)].reverse()),
    ),
    Count: (self: ClrList) => self.items.length,
    Clear: lists['Clear'] as Implementation,
    Contains: lists['Contains'] as Bound,
    Peek: peek,
    [kind === 'Queue' ? 'Dequeue' : 'Pop']: take,
    [kind === 'Queue' ? 'Enqueue' : 'Push']: put,
    ToArray: lists['ToArray'] as Bound,
    GetEnumerator: getEnumerator,
    CopyTo: (self: ClrList, target: ClrValue, index: number) => copyInto(self.items, target, index),
    TrimExcess: () => undefined,
    TryPeek: tryTake(peek),
    [kind === 'Queue' ? 'TryDequeue' : 'TryPop']: tryTake(take),
  }
}
