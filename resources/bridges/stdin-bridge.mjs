#!/usr/bin/env node
// An example bridge: reads prices from standard input, one a line as SYMBOL,BID,ASK, and sends them to Ballast.
// It needs nothing but Node 18 or newer. Replace the reading of lines by your own source, or pipe it in:
//
//   your-source | node stdin-bridge.mjs [--port 4818] [--token-file FILE]
//
// The token lies in the file feed-token of the data folder, and BALLAST_FEED_TOKEN goes before it. What Ballast cannot
// use it answers with a reason, which is printed here. While Ballast is away prices are dropped: an old one is none.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { port: { type: 'string' }, 'token-file': { type: 'string' } } })
const port = Number(values.port ?? '4818')
const tokenFile = values['token-file'] ?? join(dataFolder(), 'feed-token')

let socket
let tries = 0
let isOver = false

connect()
createInterface({ input: process.stdin })
  .on('line', (line) => send(line))
  .on('close', () => {
    isOver = true
    // A close frame, so that Ballast knows at once.
    if (socket) socket.end(frame(8, Buffer.from([0x03, 0xe8])))
    else process.exit(0)
  })

function send(line) {
  const [symbol, bid, ask, last] = line.split(',').map((cell) => cell.trim())
  if (!symbol || !bid || !ask) return console.error(`not sent, write SYMBOL,BID,ASK: ${line}`)
  if (!socket) return
  // Prices are text, so that no digit is lost; `at` is when the price was made, UTC epoch milliseconds.
  const quote = { symbol, bid, ask, at: Date.now(), ...(last ? { last } : {}) }
  socket.write(frame(1, Buffer.from(JSON.stringify(quote))))
}

function connect() {
  const asked = request({
    host: '127.0.0.1',
    port,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      authorization: `Bearer ${readToken()}`,
    },
  })
  asked.on('upgrade', (_, opened, head) => {
    tries = 0
    socket = opened
    console.error(`connected to port ${port}`)
    read(opened, head)
    opened.on('error', () => opened.destroy())
    opened.on('close', () => lost('Ballast is gone'))
  })
  asked.on('response', (response) => {
    response.resume()
    lost(response.statusCode === 401 ? 'the token is not right' : `Ballast answered ${response.statusCode}`)
  })
  asked.on('error', (error) =>
    lost(error.code === 'ECONNREFUSED' ? 'the feed is not started in Ballast' : error.message),
  )
  asked.end()
}

function lost(why) {
  socket = undefined
  if (isOver) process.exit(0)
  const wait = Math.min(30, 2 ** tries)
  tries += 1
  console.error(`${why}: trying again in ${wait} s`)
  setTimeout(connect, wait * 1000)
}

/** Prints what Ballast says of a quote it cannot use, and answers its pings. */
function read(opened, head) {
  let waiting = head
  opened.on('data', (more) => {
    waiting = Buffer.concat([waiting, more])
    for (;;) {
      if (waiting.length < 2) return
      const short = waiting[1] & 0x7f
      const start = short < 126 ? 2 : short === 126 ? 4 : 10
      if (waiting.length < start) return
      const length = short < 126 ? short : short === 126 ? waiting.readUInt16BE(2) : Number(waiting.readBigUInt64BE(2))
      if (waiting.length < start + length) return
      const kind = waiting[0] & 0x0f
      const payload = waiting.subarray(start, start + length)
      waiting = waiting.subarray(start + length)
      if (kind === 1) console.error(`not used: ${JSON.parse(payload.toString('utf8')).error.says}`)
      else if (kind === 9) opened.write(frame(10, payload))
      else if (kind === 8) opened.end()
    }
  })
}

/** One WebSocket frame of a client, which is always masked (RFC 6455, section 5). */
function frame(kind, payload) {
  const { length } = payload
  const mask = randomBytes(4)
  const head =
    length < 126
      ? Buffer.from([0x80 | kind, 0x80 | length])
      : Buffer.from([0x80 | kind, 0xfe, length >> 8, length & 0xff])
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ mask[index % 4])])
}

function readToken() {
  return (process.env.BALLAST_FEED_TOKEN || readFileSync(tokenFile, 'utf8')).trim()
}

function dataFolder() {
  if (process.platform === 'win32') return join(process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Ballast')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Ballast')
  return join(process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'ballast')
}
