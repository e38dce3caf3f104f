/** Object identifiers that certificates and signatures name, with the names that .NET has for them. */
const known: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.4': 'md5RSA',
  '1.2.840.113549.1.1.5': 'sha1RSA',
  '1.2.840.113549.1.1.10': 'RSASSA-PSS',
  '1.2.840.113549.1.1.11': 'sha256RSA',
  '1.2.840.113549.1.1.12': 'sha384RSA',
  '1.2.840.113549.1.1.13': 'sha512RSA',
  '1.2.840.10045.2.1': 'ECC',
  '1.2.840.10045.4.3.2': 'sha256ECDSA',
  '1.2.840.10045.4.3.3': 'sha384ECDSA',
  '1.2.840.10045.4.3.4': 'sha512ECDSA',
  '1.2.840.113549.2.5': 'md5',
  '1.2.840.113549.3.7': '3des',
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.1.42': 'aes256',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.5.4.3': 'CN',
  '2.5.29.15': 'Key Usage',
  '2.5.29.17': 'Subject Alternative Name',
  '2.5.29.19': 'Basic Constraints',
  '2.5.29.37': 'Enhanced Key Usage',
}

/** `Oid`. */
export class Oid {
  static readonly clrName = 'System.Security.Cryptography.Oid'
  #friendlyName: string | null

  constructor(
    public value: string | null,
    friendlyName: string | null,
  ) {
    this.#friendlyName = friendlyName
  }

  /** From a number, or from a name that .NET knows. */
  static of(text: string | null): Oid {
    const named = Object.entries(known).find(([, name]) => name.toLowerCase() === text?.toLowerCase())
    return named === undefined ? new Oid(text, null) : new Oid(named[0], text)
  }

  get friendlyName(): string | null {
    return this.#friendlyName ?? (this.value === null ? null : (known[this.value] ?? null))
  }

  set friendlyName(name: string | null) {
    this.#friendlyName = name
  }
}
