import { declareExtensions, declareStatic, declareType, type TypeDeclaration } from './declare.js'

const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8]

/** T1, T2 and so on; the eighth is a tuple of the rest. */
const typeNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => (index === 7 ? 'TRest' : `T${index + 1}`))

const tupleParameters = (count: number): string =>
  typeNames(count)
    .map((name, index) => `${name} ${index === 7 ? 'rest' : `item${index + 1}`}`)
    .join(', ')

const tupleMembers = (count: number, accessors: string): string[] => [
  ...typeNames(count).map((name, index) => `${name} ${index === 7 ? 'Rest' : `Item${index + 1}`}${accessors}`),
  'override string ToString()',
  'override bool Equals(object obj)',
  'override int GetHashCode()',
]

/** The functions that make tuples: the eighth item is wrapped in a tuple of one. */
const tupleFactories = (name: string): string[] =>
  COUNTS.map((count) => {
    const own = Array.from({ length: count }, (_, index) => `T${index + 1}`)
    const types = count === 8 ? [...own.slice(0, 7), `${name}<T8>`] : own
    const list = own.map((type, index) => `${type} item${index + 1}`).join(', ')
    return `static ${name}<${types.join(', ')}> Create<${own.join(', ')}>(${list})`
  })

/** System.Tuple and System.ValueTuple, and the functions that make them and turn one into the other. */
function tuples(): TypeDeclaration[] {
  const reference = COUNTS.map((count) =>
    declareType(`System.Tuple<${typeNames(count).join(', ')}>`, () => ({
      interfaces: ['IComparable'],
      members: [`Tuple(${tupleParameters(count)})`, ...tupleMembers(count, ' { get; }')],
    })),
  )
  const values = COUNTS.map((count) => {
    const type = `ValueTuple<${typeNames(count).join(', ')}>`
    return declareType(`System.${type}`, () => ({
      kind: 'struct',
      interfaces: ['IComparable', `IComparable<${type}>`, `IEquatable<${type}>`],
      members: [
        `ValueTuple(${tupleParameters(count)})`,
        ...tupleMembers(count, ''),
        `bool Equals(${type} other)`,
        `int CompareTo(${type} other)`,
      ],
    }))
  })
  const conversions = COUNTS.slice(0, 7).flatMap((count) => {
    const list = typeNames(count).join(', ')
    return [
      `static Tuple<${list}> ToTuple<${list}>(this ValueTuple<${list}> value)`,
      `static ValueTuple<${list}> ToValueTuple<${list}>(this Tuple<${list}> value)`,
    ]
  })
  return [
    ...reference,
    ...values,
    declareStatic('System.Tuple', () => tupleFactories('Tuple')),
    declareType('System.ValueTuple', () => ({
      kind: 'struct',
      interfaces: ['IComparable'],
      members: [
        'static ValueTuple Create()',
        ...tupleFactories('ValueTuple'),
        'override string ToString()',
        'override bool Equals(object obj)',
        'override int GetHashCode()',
      ],
    })),
    declareExtensions('System.TupleExtensions', () => conversions),
  ]
}

export const COLLECTIONS: readonly TypeDeclaration[] = [
  declareType('System.Collections.IEnumerable', () => ({
    kind: 'interface',
    members: ['System.Collections.IEnumerator GetEnumerator()'],
  })),
  declareType('System.Collections.IEnumerator', () => ({
    kind: 'interface',
    members: ['object Current { get; }', 'bool MoveNext()', 'void Reset()'],
  })),
  declareType('System.Collections.ICollection', () => ({
    kind: 'interface',
    interfaces: ['System.Collections.IEnumerable'],
    members: ['int Count { get; }'],
  })),
  declareType('System.Collections.IList', () => ({
    kind: 'interface',
    interfaces: ['System.Collections.ICollection'],
  })),
  declareType('System.Collections.IDictionary', () => ({
    kind: 'interface',
    interfaces: ['System.Collections.ICollection'],
  })),
  declareType('System.Collections.IComparer', () => ({
    kind: 'interface',
    members: ['int Compare(object x, object y)'],
  })),
  declareType('System.Collections.Generic.IEnumerable<out T>', () => ({
    kind: 'interface',
    interfaces: ['System.Collections.IEnumerable'],
    members: ['IEnumerator<T> GetEnumerator()'],
  })),
  declareType('System.Collections.Generic.IEnumerator<out T>', () => ({
    kind: 'interface',
    interfaces: ['IDisposable', 'System.Collections.IEnumerator'],
    members: ['T Current { get; }'],
  })),
  declareType('System.Collections.Generic.IReadOnlyCollection<out T>', () => ({
    kind: 'interface',
    interfaces: ['IEnumerable<T>'],
    members: ['int Count { get; }'],
  })),
  declareType('System.Collections.Generic.IReadOnlyList<out T>', () => ({
    kind: 'interface',
    interfaces: ['IReadOnlyCollection<T>'],
    members: ['T this[int index] { get; }'],
  })),
  declareType('System.Collections.Generic.ICollection<T>', () => ({
    kind: 'interface',
    interfaces: ['IEnumerable<T>'],
    members: [
      'int Count { get; }',
      'bool IsReadOnly { get; }',
      'void Add(T item)',
      'void Clear()',
      'bool Contains(T item)',
      'void CopyTo(T[] array, int arrayIndex)',
      'bool Remove(T item)',
    ],
  })),
  declareType('System.Collections.Generic.IList<T>', () => ({
    kind: 'interface',
    interfaces: ['ICollection<T>'],
    members: [
      'T this[int index] { get; set; }',
      'int IndexOf(T item)',
      'void Insert(int index, T item)',
      'void RemoveAt(int index)',
    ],
  })),
  declareType('System.Collections.Generic.ISet<T>', () => ({
    kind: 'interface',
    interfaces: ['ICollection<T>'],
    members: ['bool Add(T item)', 'bool IsSubsetOf(IEnumerable<T> other)', 'bool Overlaps(IEnumerable<T> other)'],
  })),
  declareType('System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>', () => ({
    kind: 'interface',
    interfaces: ['IReadOnlyCollection<KeyValuePair<TKey, TValue>>'],
    members: [
      'TValue this[TKey key] { get; }',
      'IEnumerable<TKey> Keys { get; }',
      'IEnumerable<TValue> Values { get; }',
      'bool ContainsKey(TKey key)',
      'bool TryGetValue(TKey key, out TValue value)',
    ],
  })),
  declareType('System.Collections.Generic.IDictionary<TKey, TValue>', () => ({
    kind: 'interface',
    interfaces: ['ICollection<KeyValuePair<TKey, TValue>>'],
    members: [
      'TValue this[TKey key] { get; set; }',
      'ICollection<TKey> Keys { get; }',
      'ICollection<TValue> Values { get; }',
      'bool ContainsKey(TKey key)',
      'void Add(TKey key, TValue value)',
      'bool Remove(TKey key)',
      'bool TryGetValue(TKey key, out TValue value)',
    ],
  })),
  declareType('System.Collections.Generic.IComparer<in T>', () => ({
    kind: 'interface',
    members: ['int Compare(T x, T y)'],
  })),
  declareType('System.Collections.Generic.IEqualityComparer<in T>', () => ({
    kind: 'interface',
    members: ['bool Equals(T x, T y)', 'int GetHashCode(T obj)'],
  })),
  declareType('System.Collections.Generic.Comparer<T>', () => ({
    abstract: true,
    interfaces: ['IComparer<T>'],
    members: [
      'static Comparer<T> Default { get; }',
      'static Comparer<T> Create(Comparison<T> comparison)',
      'int Compare(T x, T y)',
    ],
  })),
  declareType('System.Collections.Generic.EqualityComparer<T>', () => ({
    abstract: true,
    interfaces: ['IEqualityComparer<T>'],
    members: ['static EqualityComparer<T> Default { get; }', 'bool Equals(T x, T y)', 'int GetHashCode(T obj)'],
  })),
  declareType('System.Collections.Generic.KeyValuePair<TKey, TValue>', () => ({
    kind: 'struct',
    members: [
      'KeyValuePair(TKey key, TValue value)',
      'TKey Key { get; }',
      'TValue Value { get; }',
      'override string ToString()',
    ],
  })),
  declareStatic('System.Collections.Generic.KeyValuePair', () => [
    'static KeyValuePair<TKey, TValue> Create<TKey, TValue>(TKey key, TValue value)',
  ]),
  declareType('System.Collections.Generic.List<T>', () => ({
    interfaces: ['IList<T>', 'IReadOnlyList<T>', 'System.Collections.IList'],
    members: [
      'List()',
      'List(int capacity)',
      'List(IEnumerable<T> collection)',
      'T this[int index] { get; set; }',
      'int Count { get; }',
      'int Capacity { get; set; }',
      'void Add(T item)',
      'void AddRange(IEnumerable<T> collection)',
      'System.Collections.ObjectModel.ReadOnlyCollection<T> AsReadOnly()',
      'int BinarySearch(T item)',
      'int BinarySearch(T item, IComparer<T> comparer)',
      'void Clear()',
      'bool Contains(T item)',
      'List<TOutput> ConvertAll<TOutput>(Converter<T, TOutput> converter)',
      'void CopyTo(T[] array)',
      'void CopyTo(T[] array, int arrayIndex)',
      'void CopyTo(int index, T[] array, int arrayIndex, int count)',
      'bool Exists(Predicate<T> match)',
      'T Find(Predicate<T> match)',
      'List<T> FindAll(Predicate<T> match)',
      'int FindIndex(Predicate<T> match)',
      'int FindIndex(int startIndex, Predicate<T> match)',
      'int FindIndex(int startIndex, int count, Predicate<T> match)',
      'T FindLast(Predicate<T> match)',
      'int FindLastIndex(Predicate<T> match)',
      'void ForEach(Action<T> action)',
      'List.Enumerator<T> GetEnumerator()',
      'List<T> GetRange(int index, int count)',
      'int IndexOf(T item)',
      'int IndexOf(T item, int index)',
      'int IndexOf(T item, int index, int count)',
      'void Insert(int index, T item)',
      'void InsertRange(int index, IEnumerable<T> collection)',
      'int LastIndexOf(T item)',
      'int LastIndexOf(T item, int index)',
      'int LastIndexOf(T item, int index, int count)',
      'bool Remove(T item)',
      'int RemoveAll(Predicate<T> match)',
      'void RemoveAt(int index)',
      'void RemoveRange(int index, int count)',
      'void Reverse()',
      'void Reverse(int index, int count)',
      'void Sort()',
      'void Sort(Comparison<T> comparison)',
      'void Sort(IComparer<T> comparer)',
      'void Sort(int index, int count, IComparer<T> comparer)',
      'T[] ToArray()',
      'void TrimExcess()',
      'bool TrueForAll(Predicate<T> match)',
    ],
  })),
  declareType('System.Collections.Generic.List+Enumerator<T>', () => ({
    kind: 'struct',
    interfaces: ['IEnumerator<T>'],
    members: ['T Current { get; }', 'bool MoveNext()', 'void Dispose()'],
  })),
  declareType('System.Collections.ObjectModel.ReadOnlyCollection<T>', () => ({
    interfaces: ['IList<T>', 'IReadOnlyList<T>'],
    members: [
      'T this[int index] { get; }',
      'int Count { get; }',
      'bool Contains(T value)',
      'int IndexOf(T value)',
      'IEnumerator<T> GetEnumerator()',
    ],
  })),
  declareType('System.Collections.Generic.Dictionary<TKey, TValue>', () => ({
    interfaces: ['IDictionary<TKey, TValue>', 'IReadOnlyDictionary<TKey, TValue>', 'System.Collections.IDictionary'],
    members: [
      'Dictionary()',
      'Dictionary(int capacity)',
      'Dictionary(IEqualityComparer<TKey> comparer)',
      'Dictionary(int capacity, IEqualityComparer<TKey> comparer)',
      'Dictionary(IDictionary<TKey, TValue> dictionary)',
      'Dictionary(IDictionary<TKey, TValue> dictionary, IEqualityComparer<TKey> comparer)',
      'TValue this[TKey key] { get; set; }',
      'int Count { get; }',
      'IEqualityComparer<TKey> Comparer { get; }',
      'Dictionary.KeyCollection<TKey, TValue> Keys { get; }',
      'Dictionary.ValueCollection<TKey, TValue> Values { get; }',
      'void Add(TKey key, TValue value)',
      'void Clear()',
      'bool ContainsKey(TKey key)',
      'bool ContainsValue(TValue value)',
      'IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()',
      'bool Remove(TKey key)',
      'bool TryGetValue(TKey key, out TValue value)',
    ],
  })),
  declareType('System.Collections.Generic.Dictionary+KeyCollection<TKey, TValue>', () => ({
    interfaces: ['ICollection<TKey>', 'IReadOnlyCollection<TKey>'],
    members: ['int Count { get; }', 'void CopyTo(TKey[] array, int index)', 'IEnumerator<TKey> GetEnumerator()'],
  })),
  declareType('System.Collections.Generic.Dictionary+ValueCollection<TKey, TValue>', () => ({
    interfaces: ['ICollection<TValue>', 'IReadOnlyCollection<TValue>'],
    members: ['int Count { get; }', 'void CopyTo(TValue[] array, int index)', 'IEnumerator<TValue> GetEnumerator()'],
  })),
  declareType('System.Collections.Generic.SortedDictionary<TKey, TValue>', () => ({
    interfaces: ['IDictionary<TKey, TValue>', 'IReadOnlyDictionary<TKey, TValue>'],
    members: [
      'SortedDictionary()',
      'SortedDictionary(IComparer<TKey> comparer)',
      'SortedDictionary(IDictionary<TKey, TValue> dictionary)',
      'TValue this[TKey key] { get; set; }',
      'int Count { get; }',
      'ICollection<TKey> Keys { get; }',
      'ICollection<TValue> Values { get; }',
      'void Add(TKey key, TValue value)',
      'void Clear()',
      'bool ContainsKey(TKey key)',
      'IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()',
      'bool Remove(TKey key)',
      'bool TryGetValue(TKey key, out TValue value)',
    ],
  })),
  declareType('System.Collections.Generic.HashSet<T>', () => ({
    interfaces: ['ISet<T>', 'IReadOnlyCollection<T>'],
    members: [
      'HashSet()',
      'HashSet(IEnumerable<T> collection)',
      'HashSet(IEqualityComparer<T> comparer)',
      'HashSet(IEnumerable<T> collection, IEqualityComparer<T> comparer)',
      'int Count { get; }',
      'bool Add(T item)',
      'void Clear()',
      'bool Contains(T item)',
      'void CopyTo(T[] array)',
      'void ExceptWith(IEnumerable<T> other)',
      'IEnumerator<T> GetEnumerator()',
      'void IntersectWith(IEnumerable<T> other)',
      'bool IsProperSubsetOf(IEnumerable<T> other)',
      'bool IsProperSupersetOf(IEnumerable<T> other)',
      'bool IsSubsetOf(IEnumerable<T> other)',
      'bool IsSupersetOf(IEnumerable<T> other)',
      'bool Overlaps(IEnumerable<T> other)',
      'bool Remove(T item)',
      'int RemoveWhere(Predicate<T> match)',
      'bool SetEquals(IEnumerable<T> other)',
      'void SymmetricExceptWith(IEnumerable<T> other)',
      'void UnionWith(IEnumerable<T> other)',
    ],
  })),
  declareType('System.Collections.Generic.Queue<T>', () => ({
    interfaces: ['IReadOnlyCollection<T>', 'System.Collections.ICollection'],
    members: [
      'Queue()',
      'Queue(int capacity)',
      'Queue(IEnumerable<T> collection)',
      'int Count { get; }',
      'void Clear()',
      'bool Contains(T item)',
      'T Dequeue()',
      'void Enqueue(T item)',
      'T Peek()',
      'T[] ToArray()',
      'IEnumerator<T> GetEnumerator()',
    ],
  })),
  declareType('System.Collections.Generic.Stack<T>', () => ({
    interfaces: ['IReadOnlyCollection<T>', 'System.Collections.ICollection'],
    members: [
      'Stack()',
      'Stack(int capacity)',
      'Stack(IEnumerable<T> collection)',
      'int Count { get; }',
      'void Clear()',
      'bool Contains(T item)',
      'T Peek()',
      'T Pop()',
      'void Push(T item)',
      'T[] ToArray()',
      'IEnumerator<T> GetEnumerator()',
    ],
  })),
  ...tuples(),
]
