/** `new object()`: its identity is all it has. */
export class PlainObject {
  static readonly clrName = 'System.Object'
}
