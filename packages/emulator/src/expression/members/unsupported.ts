/**
 * Declared members that the emulator does not run, with the reason that its error gives. A key is a type, or a member by its full key.
 * Whatever is neither here nor in a table of this folder fails the contract test.
 */
export const unsupported: Readonly<Record<string, string>> = {
  'System.Xml.XmlNameTable': 'names are plain texts here',
  'System.Xml.Linq.XNode.CreateReader()': 'read the text of the node with XmlReader.Create',
  'Newtonsoft.Json.Linq.JsonLoadSettings': 'text is always read with the default settings',
  'System.Text.Encoding.UTF7': 'UTF-7 is no longer supported by .NET either',
  'System.Delegate.DynamicInvoke(object[])': 'call the delegate itself',
  'System.ICloneable': 'call the Clone of the type itself',
  'System.Security.Cryptography.X509Certificates.X509Certificate2.Archived=': 'certificates cannot be changed',
  'System.Security.Cryptography.X509Certificates.X509Certificate2.FriendlyName=': 'certificates cannot be changed',
  'System.Security.Cryptography.X509Certificates.X509Certificate2.PrivateKey=': 'certificates cannot be changed',
  'System.Security.Cryptography.X509Certificates.X500DistinguishedName.RawData': 'use Name',
  'IMessageBody.AsSoap(bool)': 'read the body as XDocument',
  ISoapMessage: 'read the body as XDocument',
  ISoapHeader: 'read the body as XDocument',
  ISoapBody: 'read the body as XDocument',
  IPrivateEndpointConnection: 'requests never come through a private endpoint: the property is null',
  IAzureVnetInfo: 'requests never come through a virtual network: the property is null',
  IFoundryInfo: 'there are no Foundry deployments: the property is null',
}

/** Why a member is not run; undefined when no reason is known. */
export function reasonAgainst(type: string, key: string): string | undefined {
  if (Object.hasOwn(unsupported, key)) return unsupported[key]
  return Object.hasOwn(unsupported, type) ? unsupported[type] : undefined
}
