import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'
import { readPkcs12 } from './pkcs12.js'

/** Written by OpenSSL 3 for a key that opens nothing anywhere. */
const files = {
  aes: [
    'MIIELAIBAzCCA+IGCSqGSIb3DQEHAaCCA9MEggPPMIIDyzCCAoIGCSqGSIb3DQEHBqCCAnMwggJvAgEAMIICaAYJKoZIhvcNAQcB',
    'MFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhypfXit6elRQICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEAit',
    'SzTjK9go2WCcd1AAQb2AggIAPkuNprHqH8Jf/+O0o3ZhQcSO9yAsu+CPM3EZ9qzDEYhatD27shNFIbahfnMU8hGg94aUCc8EYjKR',
    'lX5UcR3i58h2VjTdlP0F6spicPwgEyOA7X8YgeYEbLrJkbRS3/5rglVWeYH8N2jm/tXASgQIiFxBljuy4xIpy27DixTeAbDpOXHE',
    'XqufstTOkdCVQrfcPKniSInSUw621s2+/zf9yTOyKZdUXrCc/OyFF9jmRVKIfUQ75Cf30L8VrxHCAxyMmZYDqXUCr3vxI8GGA+p2',
    '5R/F84axrQu6rKBHCXqhUwuX/yErtum07z7Y54rzwWdYjpwYFF6AfLLLHS/REOTrYCGlaXT0P3OQVWoD+mSA2NaWR2bwXHdqg7EW',
    'cVl1FNLMq+W9WuhAc1mPDeLRkNJhq3nZpSiQKzZ4b0iIuxYAqO+azyDlXqYPd1IgU8jGNRRXk6vu5K7A58MqFc3kDZvLTdg0AEYc',
    'gwp9GZeejCNayE3gmz9IeQMifpzpbRS397QprUfPfUD+kDKmEGWiyF7Gc5ckYTNQE3sNh+dfhDFMdTtnV2MuriOzp07qfKjY8vYC',
    'XocJIfFHFKgg0mXfMCxB55FPvfJAcCJ1NeECsAle3td8WauDeCNFlwkaF8aG3+aA43kG/zA2+ILFvYNWRX7HR7e38z/eqTNsqo9b',
    'PIo3/rIwggFBBgkqhkiG9w0BBwGgggEyBIIBLjCCASowggEmBgsqhkiG9w0BDAoBAqCB7zCB7DBXBgkqhkiG9w0BBQ0wSjApBgkq',
    'hkiG9w0BBQwwHAQIEGh26oJVyp4CAggAMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBD0BwdbPRFYPMGqZKS8UmDzBIGQQ6Ep',
    '5GJRFnwBR7QHrSGc6ecco44LogJ8DaC+QQYo8Ignlg/tRlLjq5QYUELkeneaFLFk6/EUbYhFjH/iskLDYMzj96BgkkAiPZAt3C0O',
    'ZP6E2ktDrbmyHvCc3hfkzO+GK4eAkw6wrHJctt090vua4mP7hp4vAbWN/7sQ/vP9uWMyK10lkY8kyAzdD2UL75vTMSUwIwYJKoZI',
    'hvcNAQkVMRYEFIUHyh+IuRQMOZ6LFteDbKytBRHbMEEwMTANBglghkgBZQMEAgEFAAQgeXo1G0mW6Rmi4rbn19fKbZOf7q/vE4H6',
    'OKzedbG/P3sECMIdj4Zq2EDgAgIIAA==',
  ],
  tripleDes: [
    'MIIDmgIBAzCCA2AGCSqGSIb3DQEHAaCCA1EEggNNMIIDSTCCAj8GCSqGSIb3DQEHBqCCAjAwggIsAgEAMIICJQYJKoZIhvcNAQcB',
    'MBwGCiqGSIb3DQEMAQMwDgQInOIpFoo4+NUCAggAgIIB+B4bO4FHolrJp2D5fHKR61Gq0aVcyrQmS9CvKQIRk0D3IlBX6IAOKdt6',
    'XY5LGS9Tl6aO3tj5n/IcxwFOhG2dzhm53PI1Aao7HCJVrx5z1MmqNElZN5xPilaJQPFE3RzthhkoAjP+J5pDZB4dDStperxggHHf',
    '4r0QxnzACtb8q3cZvry6Quw4hoNE+Z6GCjFdvWIO3u6H6aixqzRIay9o7kkYubA/asCT9iJSmyWz4/zIFyD1824RaPw67pfABuvs',
    'm5yB+Kq4SX3plWgDTL1/9AgLuRf1RJeJTpI70uwOcK+9cG5b3j6+pRocMk5a7kvRMtp+WAhNfh2NoHlSsflCMandzljh/kxW3TyN',
    'nYGfGBozWMSgKaIsmm3+fg1RApNb5Hci/ZFyxvUMzqWC1qEi4tS1mQtebUXU8KMrZPCIgtG8N0DJtY18EUGDFs5oYLg5aGHwWn1Z',
    'uZXQUhe6fjfUYAfMUWUT9GdoQscErSKs2wex1cTMgmKIPYqxzIdjdlLG+6e+veDWRPgEsQxhqjf70SknBFeeCFBFGI2mLYY0ykK7',
    'MkqnP5KLJT5OYSRLKBHivqegcPIwEt0MKG59kpYB0doE6YGCAutWiyci9ZSVBuyfP0rxv7JGbM+JmImYVJ4yc0hQ8lHhx0tcQxeR',
    '24Mm47QdMYBGGfm3ojCCAQIGCSqGSIb3DQEHAaCB9ASB8TCB7jCB6wYLKoZIhvcNAQwKAQKggbQwgbEwHAYKKoZIhvcNAQwBAzAO',
    'BAhXfjPZuipuRQICCAAEgZCJ8E0VpacmBNF4aP/MylLmc9ClNZK6MVc4cXYDfYWGeYXqrrovQ5Vo2Fzr4d311lQEuLb7za2pz6RZ',
    'LiNA4/TPIkWLqJzrY7xZNYsfuJUBWhKoJE38TYlxK3Qvb6uE7wEAiKzZ+zoDVQSrA4KizhIR2SzYJ+lJnpi8dQj6StT48WPnwT9I',
    'trUzjy5kIBYMTxkxJTAjBgkqhkiG9w0BCRUxFgQUhQfKH4i5FAw5nosW14NsrK0FEdswMTAhMAkGBSsOAwIaBQAEFMw4uMjfCieJ',
    'TTbXffLy/0v1yL/lBAh4TmhK8e9jbwICCAA=',
  ],
  withoutPassword: [
    'MIIELAIBAzCCA+IGCSqGSIb3DQEHAaCCA9MEggPPMIIDyzCCAoIGCSqGSIb3DQEHBqCCAnMwggJvAgEAMIICaAYJKoZIhvcNAQcB',
    'MFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhbm3tFqq+9mAICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEJc/',
    'Xze8KgkvfUL6KMh0S+mAggIAZNgBDh8RHGMMhu9PKKqKpMHNCIM7wkU+HgW8uLlANjZNdMPZMjcmaCgBhuY4cuUqMZLx1HybsWyB',
    'k9PM+tTwYvpMBxgPdNZLyUX7iyeiz6rI1bF01kNPbHNHKr9dzuw9olRV/5R9+ZvcuiwY0rVtwohGJzXizjkCkHFy/X1H+1ziuHUK',
    'EEHvA8HW1FsxwQ2RyDLeSRWYk9HlBtzLd2HxmXf9+FXPCMDZMOwJY1JwPuyOs+ZEVNOSbQY4KFqXC6ttDAQKmiiKEmzVIfwZPoKD',
    'GHazCgGhyWhPRq/6wHr21VGAzQ1GSWzHqwoe1eZMw9+S9fPQ5I5HdHyQiUNrsGsrlEZkrVa44NWe4abmQC7OqUR7G8HFAfvJr9gY',
    'cATZgsVNgLZRwd3gBAScaP9okpG8xordrwCSHcSm1D8mnfVvu6dDA4PGxDps0ZsBOZglsP0IRESDO3kQlNnjIxDkKyLKhjNVZ3Kz',
    '7x/xivv5FnSunwSbGAdzihmU1f2bQ4nlSZVRtKVPM+ZXC4olBGIOU2wwZWZUk94t/mWUntA1pcTlubHYGC4rPTaXcO6U7B6FlSfO',
    'OQADhWk68mJTI9i4hXa+WGFBKqrtY5iEv4mhk6HS2PsCxhEWn/X0fE8WVVFDVToAhghFhv1h+l0hOtY/zhcSqO5p5eZq4LeJc3Ac',
    'aTQHnH0wggFBBgkqhkiG9w0BBwGgggEyBIIBLjCCASowggEmBgsqhkiG9w0BDAoBAqCB7zCB7DBXBgkqhkiG9w0BBQ0wSjApBgkq',
    'hkiG9w0BBQwwHAQI2ErySV7C3gkCAggAMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBDxCvWKADKiOp/xVzOqM+B4BIGQ9bN3',
    'G0rrBf0xHo0hEQNlhgNCcPtRsgHfh2K25J3RCJUDwqGEPZdhe8Zk7GpI5fW1ZPz4XPTT14dSI16R4NWlP6YcnwLnDp+zSTVZhTcp',
    'J9U7MfQvOtJ6HrCCeYRsNgz8MMCQP/UbO24iM/oSzyC8BwqafDRZFyvqSHFp15F4sLGvQmjEGSvTRmf5ldIX/MCKMSUwIwYJKoZI',
    'hvcNAQkVMRYEFIUHyh+IuRQMOZ6LFteDbKytBRHbMEEwMTANBglghkgBZQMEAgEFAAQgScVBIHIaqoBoZNKz3yjXPM3QD3lPrdsV',
    'eHxLx5Xit8MECKA6Njd/X2rNAgIIAA==',
  ],
}

const bytesOf = (lines: readonly string[]): Buffer => Buffer.from(lines.join(''), 'base64')

describe('readPkcs12', () => {
  it.each([
    ['AES', files.aes, 'secret'],
    ['triple DES', files.tripleDes, 'secret'],
    ['an empty password', files.withoutPassword, ''],
  ])('opens what is encrypted by %s', (_, lines, password) => {
    const { certificate, privateKey } = readPkcs12(bytesOf(lines), password)
    expect(certificate.subject).toBe('CN=apim-kit test client')
    expect(privateKey !== null && certificate.checkPrivateKey(privateKey)).toBe(true)
  })

  it.each([
    ['a wrong password', bytesOf(files.aes), 'wrong'],
    ['half a file', bytesOf(files.aes).subarray(0, 500), 'secret'],
    ['no file', Buffer.alloc(0), ''],
    ['a text', Buffer.from('certificate'), ''],
  ])('throws at %s', (_, content, password) => expect(() => readPkcs12(content, password)).toThrow(Error))

  it('gives expressions the certificates of a context, with their keys', () => {
    const context = { deployment: { certificates: { mine: files.withoutPassword.join('') } } }
    const row = evaluateExpression('@(context.Deployment.Certificates["mine"].HasPrivateKey)', context)
    expect(row).toEqual({ ok: true, type: 'System.Boolean', text: 'True' })
  })
})
