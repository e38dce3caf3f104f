import type { ClrValue } from './value.js'

/** Objects that own something say how it is given back. */
interface Disposable {
  dispose(): void
}

function isDisposable(value: ClrValue): value is Disposable {
  return typeof value === 'object' && value !== null && 'dispose' in value && typeof value.dispose === 'function'
}

/** `IDisposable.Dispose` of anything; most objects own nothing outside of the evaluation. */
export function dispose(value: ClrValue): void {
  if (isDisposable(value)) value.dispose()
}
