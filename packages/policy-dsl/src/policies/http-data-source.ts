import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { child, nested } from '../shape.js'
import { authenticationCertificate } from './authentication-certificate.js'
import { findAndReplace } from './find-and-replace.js'
import { forwardRequest } from './forward-request.js'
import { getAuthorizationContext } from './get-authorization-context.js'
import { includeFragment } from './include-fragment.js'
import { jsonToXml } from './json-to-xml.js'
import { publishEvent } from './publish-event.js'
import { setBackendService } from './set-backend-service.js'
import { setBody } from './set-body.js'
import { setHeader } from './set-header.js'
import { setMethod } from './set-method.js'
import { xmlToJson } from './xml-to-json.js'

/**
 * The document of a GraphQL resolver that calls an HTTP address. The field's arguments are in `context.GraphQL.Arguments`.
 *
 * @example
 * httpDataSource({ httpRequest: { setMethod: 'GET', setUrl: 'https://orders.example.com/orders' } })
 */
export const httpDataSource = definePolicy('http-data-source', {
  resolver: 'root',
  sections: [],
  scopes: [],
  gateways: ['classic', 'v2', 'consumption'],
  children: {
    /** The call. */
    httpRequest: child(
      {
        children: {
          /** A token of a connection. */
          getAuthorizationContext: nested(getAuthorizationContext),
          /** Another backend. */
          setBackendService: nested(setBackendService),
          /** The method; Microsoft's schemas know GET, POST, PUT, PATCH and DELETE. */
          setMethod: nested(setMethod, { required: true }),
          /** The address. */
          setUrl: child({ text: text({ required: true }) }, { required: true }),
          /** Fragments. */
          includeFragment: nested(includeFragment, { many: true }),
          /** Headers. */
          setHeader: nested(setHeader, { many: true }),
          /** The body. */
          setBody: nested(setBody),
          /** The client certificate. */
          authenticationCertificate: nested(authenticationCertificate),
        },
        order: { because: 'a table of the documentation has include-fragment first' },
      },
      { required: true },
    ),
    /** How the request is forwarded. */
    backend: child({
      children: {
        /** Timeouts and the like. */
        forwardRequest: nested(forwardRequest),
      },
    }),
    /** What becomes of the response. Default: the field is the response as it stands. */
    httpResponse: child({
      children: {
        /** Another body. */
        setBody: nested(setBody),
        /** Undocumented here. */
        jsonToXml: nested(jsonToXml, { onlyIn: "Microsoft's schemas" }),
        /** JSON from XML. */
        xmlToJson: nested(xmlToJson),
        /** Other words. */
        findAndReplace: nested(findAndReplace),
        /** Tells subscriptions of it. */
        publishEvent: nested(publishEvent),
        /** Fragments. */
        includeFragment: nested(includeFragment, { many: true }),
      },
    }),
  },
  examples: [
    {
      input: {
        httpRequest: {
          setMethod: 'GET',
          setUrl: 'https://orders.example.com/orders',
          setHeader: { name: 'Accept', value: 'application/json' },
        },
        backend: { forwardRequest: { timeout: 20 } },
        httpResponse: { publishEvent: { targets: [{ id: 'orderChanged' }] } },
      },
      xml:
        '<http-data-source><http-request><set-method>GET</set-method><set-url>https://orders.example.com/orders</set-url>' +
        '<set-header name="Accept"><value>application/json</value></set-header></http-request>' +
        '<backend><forward-request timeout="20" /></backend>' +
        '<http-response><publish-event><targets><graphql-subscription id="orderChanged" /></targets></publish-event></http-response></http-data-source>',
    },
  ],
})
