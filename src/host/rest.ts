import type { IncomingMessage, ServerResponse } from 'node:http'
import { OpenAPIGenerator } from '@orpc/openapi'
import { OpenAPIHandler } from '@orpc/openapi/node'
import type { AnyContractRouter } from '@orpc/contract'
import type { AnyRouter } from '@orpc/server'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { readJsonBody } from './body.ts'
import { answerJson, wrongMethod, type Turned } from './answers.ts'

const prefix = '/api'
const described = `${prefix}/openapi.json`

/** The REST side of a contract: its routes under /api, and the OpenAPI document that describes exactly those. */
export interface Rest {
  /** Answers one request whose path begins with /api/, or says why not. */
  answer: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<Turned | undefined>
}

/** Serves a contract as REST; `router` must implement it. */
export function openRest(calls: AnyContractRouter, router: AnyRouter, version: string): Rest {
  const handler = new OpenAPIHandler(router)
  let description: Promise<OpenApi> | undefined
  const describe = (): Promise<OpenApi> => (description ??= generate(calls, version))
  return {
    answer: async (request, response, path) => {
      const document = await describe()
      const methods = path === described ? ['GET'] : methodsOf(document, path.slice(prefix.length))
      if (methods === undefined) return notFound(path)
      if (!methods.includes(request.method ?? '')) return wrongMethod(request, methods)
      if (path === described) {
        answerJson(response, 200, document)
        return undefined
      }
      if (request.method !== 'GET') {
        const read = await readJsonBody(request)
        if ('status' in read) return read
        Object.assign(request, { body: read.body })
      }
      const { matched } = await handler.handle(request, response, { prefix, context: {} })
      return matched ? undefined : notFound(path)
    },
  }
}

function notFound(path: string): Turned {
  return { status: 404, code: 'NOT_FOUND', says: `There is no ${path}; ${described} lists what there is.` }
}

interface OpenApi {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>
}

function generate(calls: AnyContractRouter, version: string): Promise<OpenApi> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  return generator.generate(calls, {
    info: { title: 'Ballast', version, description: 'Loopback only; send the API token of the data folder as Bearer.' },
    servers: [{ url: prefix }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  })
}

// The methods of the route a path belongs to; a fixed route comes before one with a parameter.
function methodsOf(document: OpenApi, path: string): string[] | undefined {
  const routes = Object.keys(document.paths ?? {})
  const route = routes.find((known) => known === path) ?? routes.find((known) => patternOf(known).test(path))
  return route === undefined
    ? undefined
    : Object.keys(document.paths?.[route] ?? {}).map((method) => method.toUpperCase())
}

const patternOf = (route: string): RegExp =>
  new RegExp(`^${route.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`)
