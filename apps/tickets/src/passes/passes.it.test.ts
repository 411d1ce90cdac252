import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { jwtVerify } from 'jose';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { decodeId, encodeId, newUuid } from '@marquee/kernel';
import { aGuestOf, buySeat, serveGraph, type Graph } from '../graph.test-support.ts';
import { accepted, createWorld, type World } from '../harness.test-support.ts';
import { refundOrder } from '../refunds/refund-order.ts';

let world: World;
let graph: Graph;
beforeAll(async () => {
  world = await createWorld();
  Object.assign(world.owners, {
    space: async () => ({ name: 'Great Hall', venue: 'Philharmonie', address: 'Kemperplatz 1, Berlin' }),
  });
  graph = await serveGraph(world);
});
afterAll(async () => {
  await graph.stop();
  await world.drop();
});

const query = `query ($id: ID!) { ticket(id: $id) { pdf { url expiresAt } order { ticketsPdf { url } }
  apple: walletPass(wallet: APPLE) { __typename ... on WalletPass { url } ... on Refusal { message } }
  google: walletPass(wallet: GOOGLE) { __typename ... on WalletPass { url } ... on Refusal { message } } } }`;

async function givenTicket() {
  const viewer = aGuestOf(world);
  const { paid, order, occurrence } = await buySeat(graph, world, viewer);
  const id: string = paid.tickets[0].id;
  const show = async (by = viewer) => (await graph.ask(by, query, { id })).data.ticket;
  return { id, order, occurrence, show, credential: paid.tickets[0].credential as string };
}

/** The path and the signature of a link, asked of the service itself. */
function download(link: string): Promise<Response> {
  const { pathname, search } = new URL(link);
  return fetch(new URL(pathname + search, graph.url));
}

async function textOf(bytes: Uint8Array): Promise<{ pages: number; text: string }> {
  const pdf = await getDocument({ data: bytes, useSystemFonts: false, verbosity: 0 }).promise;
  const content = await (await pdf.getPage(1)).getTextContent();
  const text = content.items.map((item) => ('str' in item ? item.str : '')).join(' ');
  return { pages: pdf.numPages, text: text.replace(/\s+/g, ' ') };
}

test('a ticket is printed with what its holder needs, in the time of the place', async () => {
  const { order, show, occurrence } = await givenTicket();
  const { pdf } = await show();
  const answer = await download(pdf.url);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  const { pages, text } = await textOf(new Uint8Array(await answer.arrayBuffer()));
  expect(pages).toBe(1);
  const hour = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Berlin',
  }).format(occurrence.startsAt);
  for (const piece of [
    'An Evening',
    hour,
    'Philharmonie, Great Hall',
    'Stalls, row A, seat 1',
    'Ada',
    order.number,
  ])
    expect(text).toContain(piece);
});

test('a link is good for its file alone, while the ticket is', async () => {
  const { order, show } = await givenTicket();
  const { pdf, order: whole } = await show();
  expect((await download(whole.ticketsPdf.url)).status).toBe(200);
  const other = await (await givenTicket()).show();
  const swapped = new URL(pdf.url);
  swapped.pathname = new URL(other.pdf.url).pathname;
  const later = new URL(pdf.url);
  later.searchParams.set('e', '4102444800');
  for (const link of [swapped.href, later.href, pdf.url.replace('.pdf', '.pkpass')])
    expect((await download(link)).status).toBe(404);
  const orderId = decodeId('Order', order.id)!;
  await accepted(
    refundOrder(world.services, world.viewer, {
      idempotencyKey: newUuid(),
      orderId,
      amount: null,
      reason: null,
    }),
  );
  expect((await download(pdf.url)).status).toBe(404);
  expect(await show()).toMatchObject({ pdf: null, order: { ticketsPdf: null } });
});

test('a wallet that is not set up says what is missing', async () => {
  const { show } = await givenTicket();
  expect(await show()).toMatchObject({
    apple: {
      __typename: 'WalletNotConfigured',
      message: expect.stringContaining('MARQUEE_APPLE_PASS_FILE'),
    },
    google: {
      __typename: 'WalletNotConfigured',
      message: expect.stringContaining('MARQUEE_GOOGLE_WALLET_FILE'),
    },
  });
});

/** A certificate that signs itself, as an authority's stand-in. */
function selfSigned() {
  const { pki } = createRequire(import.meta.url)('node-forge');
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(keys.publicKey.export({ type: 'spki', format: 'pem' }));
  certificate.serialNumber = '01';
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000);
  const name = [{ name: 'commonName', value: 'Pass Type ID: pass.example' }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.sign(pki.privateKeyFromPem(privateKey));
  return { privateKey, certificate: pki.certificateToPem(certificate) as string };
}

/** As a wallet does: the signature is the certificate's, over attributes that hold the digest of the manifest. */
function isSignedBy(certificate: string, signature: Buffer, manifest: Buffer): boolean {
  const { asn1, pkcs7, pki } = createRequire(import.meta.url)('node-forge');
  const { rawCapture: raw } = pkcs7.messageFromAsn1(asn1.fromDer(signature.toString('binary')));
  const attributes = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SET, true, raw.authenticatedAttributes);
  const hash = pki.oids[asn1.derToOid(raw.digestAlgorithm)] as string;
  const der = Buffer.from(asn1.toDer(attributes).getBytes(), 'binary');
  // In its place: an octet string that is tagged as one and 32 or 20 bytes long.
  const digest = createHash(hash).update(manifest).digest();
  const octets = Buffer.concat([Buffer.from([0x04, digest.length]), digest]);
  return verify(hash, der, certificate, Buffer.from(raw.signature, 'binary')) && der.includes(octets);
}

/** The files of a zip that stores them as they are. */
function unzip(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const [size, name, extra] = [
      bytes.readUInt32LE(at + 18),
      bytes.readUInt16LE(at + 26),
      bytes.readUInt16LE(at + 28),
    ];
    const start = at + 30 + name + extra;
    files.set(bytes.toString('utf8', at + 30, at + 30 + name), bytes.subarray(start, start + size));
    at = start + size;
  }
  return files;
}

test('an Apple pass holds the ticket’s code, and its signed manifest every file', async () => {
  const { certificate, privateKey } = selfSigned();
  const apple = {
    passTypeIdentifier: 'pass.example',
    teamIdentifier: 'TEAM123456',
    organisationName: 'Example',
    certificate,
    privateKey,
    wwdrCertificate: certificate,
  };
  Object.assign(world.services.passes, { apple });
  const { id, credential, show } = await givenTicket();
  const { apple: pass } = await show();
  expect(pass.__typename).toBe('WalletPass');
  const answer = await download(pass.url);
  expect(answer.headers.get('content-type')).toBe('application/vnd.apple.pkpass');
  const files = unzip(Buffer.from(await answer.arrayBuffer()));
  expect(JSON.parse(files.get('pass.json')!.toString())).toMatchObject({
    formatVersion: 1,
    serialNumber: `${id}-1`,
    passTypeIdentifier: 'pass.example',
    barcodes: [{ format: 'PKBarcodeFormatQR', message: credential }],
    eventTicket: { primaryFields: [{ value: 'An Evening' }] },
  });
  const manifest = JSON.parse(files.get('manifest.json')!.toString()) as Record<string, string>;
  expect(Object.keys(manifest).toSorted()).toEqual(['icon.png', 'icon@2x.png', 'pass.json']);
  for (const [name, sha1] of Object.entries(manifest))
    expect(createHash('sha1').update(files.get(name)!).digest('hex')).toBe(sha1);
  const [signed, signature] = [files.get('manifest.json')!, files.get('signature')!];
  expect(isSignedBy(certificate, signature, signed)).toBe(true);
  expect(isSignedBy(certificate, signature, Buffer.concat([signed, Buffer.from(' ')]))).toBe(false);
  expect(isSignedBy(selfSigned().certificate, signature, signed)).toBe(false);
});

test('a Google pass is a link with the ticket in a JWT that the service account signed', async () => {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const google = {
    issuerId: '3388000000012345678',
    clientEmail: 'wallet@example.iam.gserviceaccount.com',
    privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
  Object.assign(world.services.passes, { google });
  const { id, credential, show, occurrence } = await givenTicket();
  const { url } = (await show()).google;
  expect(url).toMatch(/^https:\/\/pay\.google\.com\/gp\/v\/save\//);
  const { payload } = await jwtVerify(url.split('/').at(-1)!, keys.publicKey, {
    issuer: google.clientEmail,
    audience: 'google',
  });
  const classId = `${google.issuerId}.${encodeId('Occurrence', occurrence.id)}`;
  expect(payload).toMatchObject({
    typ: 'savetowallet',
    payload: {
      eventTicketClasses: [{ id: classId, eventName: { defaultValue: { value: 'An Evening' } } }],
      eventTicketObjects: [
        { id: `${google.issuerId}.${id}-1`, classId, barcode: { type: 'QR_CODE', value: credential } },
      ],
    },
  });
});

test('an event that admits live codes alone is on no paper and in no wallet', async () => {
  const { occurrence, show } = await givenTicket();
  await world.database.transaction(world.viewer, (tx) =>
    tx.execute(
      `insert into credential_policy (organisation_id, event_id, policy) values ($1, $2, 'ROTATING')`,
      [tx.organisationId, occurrence.eventId],
    ),
  );
  const { pdf, google } = await show();
  expect(google).toMatchObject({ __typename: 'WalletNotPossible' });
  const bytes = new Uint8Array(await (await download(pdf.url)).arrayBuffer());
  expect((await textOf(bytes)).text).toContain('This event admits live codes alone');
});
