/**
 * A value of the expression language as JavaScript holds it. Which form it has follows from its static type:
 *
 * | .NET | JavaScript |
 * | --- | --- |
 * | `bool` | boolean |
 * | `sbyte` `byte` `short` `ushort` `int` `uint` `float` `double` | number |
 * | `long` `ulong` | bigint |
 * | `char` | number, the UTF-16 code unit |
 * | an enum | number (its underlying value) |
 * | `string` | string |
 * | `decimal` `DateTime` `TimeSpan` `DateTimeOffset` `Guid` | a class of `values/` |
 * | `byte[]` | Uint8Array |
 * | `T?` | the form of `T`, or null |
 * | a delegate | function |
 * | any reference type | a class of this folder, or null |
 * | a value type seen as `object` or an interface | `Boxed`, which carries the type along |
 */
export type ClrValue = boolean | number | bigint | string | object | null
