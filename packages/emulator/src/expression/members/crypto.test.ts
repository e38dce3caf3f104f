import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const text = (expression: string, context: unknown = {}): string => {
  const row = evaluateExpression(expression, context)
  return row.ok ? row.text : row.error.code
}

describe('hashes', () => {
  it.each([
    [
      '@(Convert.ToBase64String(SHA256.Create().ComputeHash(Encoding.UTF8.GetBytes("abc"))))',
      'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',
    ],
    [
      '@(BitConverter.ToString(MD5.Create().ComputeHash(new byte[0])).Replace("-", "").ToLower())',
      'd41d8cd98f00b204e9800998ecf8427e',
    ],
    [
      // RFC 4231, test case 1.
      '@(BitConverter.ToString(new HMACSHA256(Enumerable.Repeat((byte)0x0b, 20).ToArray()).ComputeHash(Encoding.ASCII.GetBytes("Hi There")), 0, 8))',
      'B0-34-4C-61-D8-DB-38-53',
    ],
    ['@(new SHA512Managed().HashSize)', '512'],
    ['@(HashAlgorithm.Create("SHA-1").ComputeHash(new byte[0]).Length)', '20'],
    ['@(SHA256.Create().ComputeHash((byte[])null))', 'ArgumentNullException'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('hashes that are signed as they are', () => {
  const sign = (padding: string): string =>
    `@{ var r = RSA.Create(2048); var h = SHA256.Create().ComputeHash(new byte[] { 1 }); var s = r.SignHash(h, HashAlgorithmName.SHA256, RSASignaturePadding.${padding}); return r.VerifyData(new byte[] { 1 }, s, HashAlgorithmName.SHA256, RSASignaturePadding.${padding}) + ":" + r.VerifyHash(h, s, HashAlgorithmName.SHA256, RSASignaturePadding.${padding}) + ":" + r.VerifyHash(new byte[32], s, HashAlgorithmName.SHA256, RSASignaturePadding.${padding}); }`

  it.each(['Pkcs1', 'Pss'])('%s', (padding) => expect(text(sign(padding))).toBe('True:True:False'))
})

describe('symmetric keys', () => {
  it.each([
    [
      '@(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes("secret").Encrypt("Aes", new byte[16], new byte[16]).Decrypt("Aes", new byte[16], new byte[16])))',
      'secret',
    ],
    ['@(new byte[] { 1, 2, 3 }.Decrypt("Aes", new byte[16], new byte[16]))', 'CryptographicException'],
    ['@(new byte[1].Encrypt("Aes", new byte[5], new byte[16]))', 'CryptographicException'],
    ['@(new byte[1].Encrypt("Des", new byte[8], new byte[8]))', 'CryptographicException'],
    ['@(new byte[1].Encrypt("Nope", new byte[8], new byte[8]))', 'NullReferenceException'],
    [
      '@{ var a = SymmetricAlgorithm.Create("Aes"); a.Padding = PaddingMode.ISO10126; return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes("secret").Encrypt(a).Decrypt(a)); }',
      'secret',
    ],
    [
      '@{ var a = SymmetricAlgorithm.Create("AES"); a.Key = new byte[32]; a.IV = new byte[16]; a.Mode = CipherMode.ECB; a.Padding = PaddingMode.None; var d = a.CreateEncryptor().TransformFinalBlock(new byte[16], 0, 16); return BitConverter.ToString(d, 0, 4); }',
      'DC-95-C0-78',
    ],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('RSA', () => {
  it.each([
    [
      '@{ var rsa = RSA.Create(); var data = new byte[] { 1, 2 }; var s = rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss); return rsa.VerifyData(data, s, HashAlgorithmName.SHA256, RSASignaturePadding.Pss) + ":" + rsa.VerifyData(new byte[1], s, HashAlgorithmName.SHA256, RSASignaturePadding.Pss); }',
      'True:False',
    ],
    [
      '@{ var rsa = RSA.Create(); var h = SHA256.Create().ComputeHash(new byte[] { 1 }); var s = rsa.SignHash(h, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1); return rsa.VerifyData(new byte[] { 1 }, s, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1); }',
      'True',
    ],
    [
      '@{ var rsa = RSA.Create(); var c = rsa.Encrypt(new byte[] { 7 }, RSAEncryptionPadding.OaepSHA256); return rsa.Decrypt(c, RSAEncryptionPadding.OaepSHA256)[0]; }',
      '7',
    ],
    [
      '@{ var a = RSA.Create(); var b = RSA.Create(); b.ImportParameters(a.ExportParameters(false)); return b.VerifyData(new byte[1], a.SignData(new byte[1], HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1); }',
      'True',
    ],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})
