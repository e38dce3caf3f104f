/**
 * What an Azure Resource Manager may do in one way or another. Each is said by the specification, was observed, or follows from
 * what JSON and HTTP allow; a deployer that relies on one of them works by luck.
 */
export interface Habits {
  /** Resources on a page of a list. */
  readonly pageSize: number
  /** How the next page is named. */
  readonly nextLink: 'absolute' | 'relative'
  /** What stands for the next page on the last one. */
  readonly lastPage: 'absent' | 'empty' | 'null'
  /** In which order lists come. */
  readonly listOrder: 'written' | 'reversed'
  /** The status of a write that creates: the specification says 201, credential manager was seen to answer 200. */
  readonly created: { readonly credentialManager: 200 | 201; readonly others: 200 | 201 }
  /** Which kinds have ETags on GET and PUT. */
  readonly entityTags: 'all' | 'observed' | 'none'
  /** Whether an update or deletion of a kind with ETags is refused without `If-Match`. */
  readonly demandsIfMatch: boolean
  /** How writes that the SDK waits for go: at once; 202 with `Location`; 201 with `Azure-AsyncOperation`. */
  readonly longRunning: 'none' | 'location' | 'operation'
  /** How APIs are deleted: at once, or by 202 with `Location`. */
  readonly deletesLater: boolean
  /** The answer to a DELETE of what is not there. */
  readonly deleteMissing: 204 | 404
  /** How ids are spelled in answers. */
  readonly idCase: 'as written' | 'lower' | 'upper'
  /** The order of the keys in an answer. */
  readonly keyOrder: 'given' | 'reversed'
  /** What stands where there is nothing: optional members left out, null, or empty. */
  readonly nothing: 'absent' | 'null' | 'empty'
  /** Members that no model knows. */
  readonly unknownMembers: boolean
  /** The `aad` defaults that the specification's example shows and the live service did not. */
  readonly aadDefaults: boolean
  /** In which form a policy document comes back: the one asked for, or always escaped. */
  readonly policyFormat: 'asked' | 'xml'
  /** Whether credentials of loggers and caches become named values of the service's own. */
  readonly ownNamedValues: boolean
  /** The shape of an error's body. */
  readonly errorShape: 'arm' | 'bare' | 'apim' | 'text' | 'empty'
  /** What is said of the subscription's quota; undefined for nothing. */
  readonly remaining: number | undefined
  /** Every so many requests one is refused with 429; 0 for never. */
  readonly throttleEvery: number
  /** What a PUT answers beside its status: the resource, an empty object, or nothing at all. */
  readonly putAnswers: 'resource' | 'empty object' | 'nothing'
  /** What a list without anything in it holds. */
  readonly emptyList: 'empty' | 'null' | 'absent'
  /** Credential manager's members that do not apply: left out, or null, the other grant's map too. */
  readonly notApplicable: 'absent' | 'null'
  /** Whether a byte order mark stands before policy documents. */
  readonly byteOrderMark: boolean
  /** How lists of kinds are refused that the service's pricing tier lacks: products, groups, tags, caches. */
  readonly lacks: 'nothing' | 'pricing tier' | 'method' | 'implementation'
  /** Whether enumerations come back as they were sent or in PascalCase. */
  readonly enums: 'PascalCase' | 'as sent'
}

/** As the live service was observed, as far as it was. */
export const observed: Habits = {
  pageSize: 100,
  nextLink: 'absolute',
  lastPage: 'absent',
  listOrder: 'written',
  created: { credentialManager: 200, others: 201 },
  entityTags: 'observed',
  demandsIfMatch: false,
  longRunning: 'none',
  deletesLater: false,
  deleteMissing: 204,
  idCase: 'as written',
  keyOrder: 'given',
  nothing: 'absent',
  unknownMembers: false,
  aadDefaults: false,
  policyFormat: 'asked',
  ownNamedValues: true,
  errorShape: 'arm',
  remaining: undefined,
  throttleEvery: 0,
  putAnswers: 'resource',
  emptyList: 'empty',
  notApplicable: 'absent',
  byteOrderMark: false,
  lacks: 'nothing',
  enums: 'PascalCase',
}
