import { type TypeDeclaration, declareExtensions, declareType } from './declare.js'

const SOURCE = 'this IEnumerable<TSource> source'
const NUMBERS = ['int', 'long', 'float', 'double', 'decimal'] as const

/** What Average gives for a kind of number. */
const AVERAGE = { int: 'double', long: 'double', float: 'float', double: 'double', decimal: 'decimal' } as const

/** Sum, Min, Max, Average: over numbers and over what a selector makes of the elements, nullable or not. */
function aggregates(): string[] {
  return NUMBERS.flatMap((number) =>
    ['', '?'].flatMap((mark) => {
      const type = number + mark
      const average = AVERAGE[number] + mark
      const of = (name: string, result: string): string[] => [
        `static ${result} ${name}(this IEnumerable<${type}> source)`,
        `static ${result} ${name}<TSource>(${SOURCE}, Func<TSource, ${type}> selector)`,
      ]
      return [...of('Sum', type), ...of('Min', type), ...of('Max', type), ...of('Average', average)]
    }),
  )
}

/** First, Last, Single with and without OrDefault and a condition. */
function elements(): string[] {
  return ['First', 'Last', 'Single'].flatMap((name) =>
    [name, `${name}OrDefault`].flatMap((method) => [
      `static TSource ${method}<TSource>(${SOURCE})`,
      `static TSource ${method}<TSource>(${SOURCE}, Func<TSource, bool> predicate)`,
    ]),
  )
}

function orderings(): string[] {
  const make = (name: string, source: string): string[] => [
    `static IOrderedEnumerable<TSource> ${name}<TSource, TKey>(this ${source}<TSource> source, Func<TSource, TKey> keySelector)`,
    `static IOrderedEnumerable<TSource> ${name}<TSource, TKey>(this ${source}<TSource> source, Func<TSource, TKey> keySelector, IComparer<TKey> comparer)`,
  ]
  return [
    ...['OrderBy', 'OrderByDescending'].flatMap((name) => make(name, 'IEnumerable')),
    ...['ThenBy', 'ThenByDescending'].flatMap((name) => make(name, 'IOrderedEnumerable')),
  ]
}

/** Union, Intersect, Except: with and without a comparer. */
function sets(): string[] {
  return ['Union', 'Intersect', 'Except'].flatMap((name) => [
    `static IEnumerable<TSource> ${name}<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second)`,
    `static IEnumerable<TSource> ${name}<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second, IEqualityComparer<TSource> comparer)`,
  ])
}

export const LINQ: readonly TypeDeclaration[] = [
  declareType('System.Linq.IGrouping<out TKey, out TElement>', () => ({
    kind: 'interface',
    interfaces: ['IEnumerable<TElement>'],
    members: ['TKey Key { get; }'],
  })),
  declareType('System.Linq.IOrderedEnumerable<TElement>', () => ({
    kind: 'interface',
    interfaces: ['IEnumerable<TElement>'],
  })),
  declareType('System.Linq.ILookup<TKey, TElement>', () => ({
    kind: 'interface',
    interfaces: ['IEnumerable<IGrouping<TKey, TElement>>'],
    members: ['int Count { get; }', 'IEnumerable<TElement> this[TKey key] { get; }', 'bool Contains(TKey key)'],
  })),
  declareExtensions('System.Linq.Enumerable', () => [
    `static TSource Aggregate<TSource>(${SOURCE}, Func<TSource, TSource, TSource> func)`,
    `static TAccumulate Aggregate<TSource, TAccumulate>(${SOURCE}, TAccumulate seed, Func<TAccumulate, TSource, TAccumulate> func)`,
    `static TResult Aggregate<TSource, TAccumulate, TResult>(${SOURCE}, TAccumulate seed, Func<TAccumulate, TSource, TAccumulate> func, Func<TAccumulate, TResult> resultSelector)`,
    `static bool All<TSource>(${SOURCE}, Func<TSource, bool> predicate)`,
    `static bool Any<TSource>(${SOURCE})`,
    `static bool Any<TSource>(${SOURCE}, Func<TSource, bool> predicate)`,
    `static IEnumerable<TSource> Append<TSource>(${SOURCE}, TSource element)`,
    `static IEnumerable<TSource> Prepend<TSource>(${SOURCE}, TSource element)`,
    `static IEnumerable<TSource> AsEnumerable<TSource>(${SOURCE})`,
    'static IEnumerable<TResult> Cast<TResult>(this System.Collections.IEnumerable source)',
    'static IEnumerable<TResult> OfType<TResult>(this System.Collections.IEnumerable source)',
    'static IEnumerable<TSource> Concat<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second)',
    `static bool Contains<TSource>(${SOURCE}, TSource value)`,
    `static bool Contains<TSource>(${SOURCE}, TSource value, IEqualityComparer<TSource> comparer)`,
    `static int Count<TSource>(${SOURCE})`,
    `static int Count<TSource>(${SOURCE}, Func<TSource, bool> predicate)`,
    `static long LongCount<TSource>(${SOURCE})`,
    `static long LongCount<TSource>(${SOURCE}, Func<TSource, bool> predicate)`,
    `static IEnumerable<TSource> DefaultIfEmpty<TSource>(${SOURCE})`,
    `static IEnumerable<TSource> DefaultIfEmpty<TSource>(${SOURCE}, TSource defaultValue)`,
    `static IEnumerable<TSource> Distinct<TSource>(${SOURCE})`,
    `static IEnumerable<TSource> Distinct<TSource>(${SOURCE}, IEqualityComparer<TSource> comparer)`,
    `static TSource ElementAt<TSource>(${SOURCE}, int index)`,
    `static TSource ElementAtOrDefault<TSource>(${SOURCE}, int index)`,
    'static IEnumerable<TResult> Empty<TResult>()',
    `static IEnumerable<IGrouping<TKey, TSource>> GroupBy<TSource, TKey>(${SOURCE}, Func<TSource, TKey> keySelector)`,
    `static IEnumerable<IGrouping<TKey, TSource>> GroupBy<TSource, TKey>(${SOURCE}, Func<TSource, TKey> keySelector, IEqualityComparer<TKey> comparer)`,
    `static IEnumerable<IGrouping<TKey, TElement>> GroupBy<TSource, TKey, TElement>(${SOURCE}, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector)`,
    `static IEnumerable<IGrouping<TKey, TElement>> GroupBy<TSource, TKey, TElement>(${SOURCE}, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, IEqualityComparer<TKey> comparer)`,
    `static IEnumerable<TResult> GroupBy<TSource, TKey, TResult>(${SOURCE}, Func<TSource, TKey> keySelector, Func<TKey, IEnumerable<TSource>, TResult> resultSelector)`,
    `static IEnumerable<TResult> GroupBy<TSource, TKey, TResult>(${SOURCE}, Func<TSource, TKey> keySelector, Func<TKey, IEnumerable<TSource>, TResult> resultSelector, IEqualityComparer<TKey> comparer)`,
    `static IEnumerable<TResult> GroupBy<TSource, TKey, TElement, TResult>(${SOURCE}, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, Func<TKey, IEnumerable<TElement>, TResult> resultSelector)`,
    `static IEnumerable<TResult> GroupBy<TSource, TKey, TElement, TResult>(${SOURCE}, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, Func<TKey, IEnumerable<TElement>, TResult> resultSelector, IEqualityComparer<TKey> comparer)`,
    'static IEnumerable<TResult> GroupJoin<TOuter, TInner, TKey, TResult>(this IEnumerable<TOuter> outer, IEnumerable<TInner> inner, Func<TOuter, TKey> outerKeySelector, Func<TInner, TKey> innerKeySelector, Func<TOuter, IEnumerable<TInner>, TResult> resultSelector)',
    'static IEnumerable<TResult> GroupJoin<TOuter, TInner, TKey, TResult>(this IEnumerable<TOuter> outer, IEnumerable<TInner> inner, Func<TOuter, TKey> outerKeySelector, Func<TInner, TKey> innerKeySelector, Func<TOuter, IEnumerable<TInner>, TResult> resultSelector, IEqualityComparer<TKey> comparer)',
    'static IEnumerable<TResult> Join<TOuter, TInner, TKey, TResult>(this IEnumerable<TOuter> outer, IEnumerable<TInner> inner, Func<TOuter, TKey> outerKeySelector, Func<TInner, TKey> innerKeySelector, Func<TOuter, TInner, TResult> resultSelector)',
    'static IEnumerable<TResult> Join<TOuter, TInner, TKey, TResult>(this IEnumerable<TOuter> outer, IEnumerable<TInner> inner, Func<TOuter, TKey> outerKeySelector, Func<TInner, TKey> innerKeySelector, Func<TOuter, TInner, TResult> resultSelector, IEqualityComparer<TKey> comparer)',
    'static IEnumerable<int> Range(int start, int count)',
    'static IEnumerable<TResult> Repeat<TResult>(TResult element, int count)',
    `static IEnumerable<TSource> Reverse<TSource>(${SOURCE})`,
    `static IEnumerable<TResult> Select<TSource, TResult>(${SOURCE}, Func<TSource, TResult> selector)`,
    `static IEnumerable<TResult> Select<TSource, TResult>(${SOURCE}, Func<TSource, int, TResult> selector)`,
    `static IEnumerable<TResult> SelectMany<TSource, TResult>(${SOURCE}, Func<TSource, IEnumerable<TResult>> selector)`,
    `static IEnumerable<TResult> SelectMany<TSource, TResult>(${SOURCE}, Func<TSource, int, IEnumerable<TResult>> selector)`,
    `static IEnumerable<TResult> SelectMany<TSource, TCollection, TResult>(${SOURCE}, Func<TSource, IEnumerable<TCollection>> collectionSelector, Func<TSource, TCollection, TResult> resultSelector)`,
    `static IEnumerable<TResult> SelectMany<TSource, TCollection, TResult>(${SOURCE}, Func<TSource, int, IEnumerable<TCollection>> collectionSelector, Func<TSource, TCollection, TResult> resultSelector)`,
    'static bool SequenceEqual<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second)',
    'static bool SequenceEqual<TSource>(this IEnumerable<TSource> first, IEnumerable<TSource> second, IEqualityComparer<TSource> comparer)',
    `static IEnumerable<TSource> Skip<TSource>(${SOURCE}, int count)`,
    `static IEnumerable<TSource> SkipWhile<TSource>(${SOURCE}, Func<TSource, bool> predicate)`,
    `static IEnumerable<TSource> SkipWhile<TSource>(${SOURCE}, Func<TSource, int, bool> predicate)`,
    `static IEnumerable<TSource> SkipLast<TSource>(${SOURCE}, int count)`,
    `static IEnumerable<TSource> TakeLast<TSource>(${SOURCE}, int count)`,
    `static IEnumerable<TSource> Take<TSource>(${SOURCE}, int count)`,
    `static IEnumerable<TSource> TakeWhile<TSource>(${SOURCE}, Func<TSource, bool> predicate)`,
    `static IEnumerable<TSource> TakeWhile<TSource>(${SOURCE}, Func<TSource, int, bool> predicate)`,
    `static TSource[] ToArray<TSource>(${SOURCE})`,
    `static List<TSource> ToList<TSource>(${SOURCE})`,
    `static HashSet<TSource> ToHashSet<TSource>(${SOURCE})`,
    `static HashSet<TSource> ToHashSet<TSource>(${SOURCE}, IEqualityComparer<TSource> comparer)`,
    `static Dictionary<TKey, TSource> ToDictionary<TSource, TKey>(${SOURCE}, Func<TSource, TKey> keySelector)`,
    `static Dictionary<TKey, TSource> ToDictionary<TSource, TKey>(${SOURCE}, Func<TSource, TKey> keySelector, IEqualityComparer<TKey> comparer)`,
    `static Dictionary<TKey, TElement> ToDictionary<TSource, TKey, TElement>(${SOURCE}, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector)`,
    `static Dictionary<TKey, TElement> ToDictionary<TSource, TKey, TElement>(${SOURCE}, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, IEqualityComparer<TKey> comparer)`,
    `static ILookup<TKey, TSource> ToLookup<TSource, TKey>(${SOURCE}, Func<TSource, TKey> keySelector)`,
    `static ILookup<TKey, TSource> ToLookup<TSource, TKey>(${SOURCE}, Func<TSource, TKey> keySelector, IEqualityComparer<TKey> comparer)`,
    `static ILookup<TKey, TElement> ToLookup<TSource, TKey, TElement>(${SOURCE}, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector)`,
    `static ILookup<TKey, TElement> ToLookup<TSource, TKey, TElement>(${SOURCE}, Func<TSource, TKey> keySelector, Func<TSource, TElement> elementSelector, IEqualityComparer<TKey> comparer)`,
    `static IEnumerable<TSource> Where<TSource>(${SOURCE}, Func<TSource, bool> predicate)`,
    `static IEnumerable<TSource> Where<TSource>(${SOURCE}, Func<TSource, int, bool> predicate)`,
    'static IEnumerable<TResult> Zip<TFirst, TSecond, TResult>(this IEnumerable<TFirst> first, IEnumerable<TSecond> second, Func<TFirst, TSecond, TResult> resultSelector)',
    ...elements(),
    ...orderings(),
    ...sets(),
    ...aggregates(),
    `static TSource Min<TSource>(${SOURCE})`,
    `static TSource Max<TSource>(${SOURCE})`,
    `static TResult Min<TSource, TResult>(${SOURCE}, Func<TSource, TResult> selector)`,
    `static TResult Max<TSource, TResult>(${SOURCE}, Func<TSource, TResult> selector)`,
  ]),
]
