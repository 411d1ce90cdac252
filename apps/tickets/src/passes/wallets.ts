import { importPKCS8, SignJWT } from 'jose';
import { accept, encodeId, refuse, type Outcome } from '@marquee/kernel';
import { PKPass } from 'passkit-generator';
import type { CredentialSigner } from '../tickets/credential.ts';
import { icon29, icon58 } from './icons.ts';
import { linesOf } from '../plugins/addition.ts';
import { placeOf, seatText, type PrintedTicket } from './printed-ticket.ts';

/** What Apple signs a pass by: PEM texts, from the developer account. */
export type AppleSettings = {
  readonly passTypeIdentifier: string;
  readonly teamIdentifier: string;
  readonly organisationName: string;
  readonly certificate: string;
  readonly privateKey: string;
  readonly privateKeyPassphrase?: string;
  /** Apple's intermediate certificate (WWDR). */
  readonly wwdrCertificate: string;
};

/** What Google Wallet is spoken to by: the issuer and a service account's key. */
export type GoogleSettings = {
  readonly issuerId: string;
  readonly clientEmail: string;
  /** PKCS#8 PEM. */
  readonly privateKey: string;
};

export type WalletNotConfigured = { readonly kind: 'WalletNotConfigured'; readonly message: string };
export type WalletNotPossible = { readonly kind: 'WalletNotPossible'; readonly message: string };

export const appleNotConfigured = refuse<WalletNotConfigured>({
  kind: 'WalletNotConfigured',
  message:
    'Apple Wallet is not set up here: MARQUEE_APPLE_PASS_FILE must name a JSON file with passTypeIdentifier, teamIdentifier, organisationName, certificate, privateKey and wwdrCertificate.',
});
export const googleNotConfigured = refuse<WalletNotConfigured>({
  kind: 'WalletNotConfigured',
  message:
    'Google Wallet is not set up here: MARQUEE_GOOGLE_WALLET_FILE must name a JSON file with issuerId, clientEmail and privateKey.',
});

/** A wallet shows a code that stays: not for an event that admits live codes alone. */
export function judgeWallet({ policy }: PrintedTicket): Outcome<true, WalletNotPossible> {
  if (policy !== 'ROTATING') return accept(true);
  const message = 'This event admits live codes alone, which a wallet cannot show. Use the app.';
  return refuse({ kind: 'WalletNotPossible', message });
}

/** The .pkpass: pass.json, manifest and its PKCS#7 signature, zipped. */
export function writeApplePass(
  settings: AppleSettings,
  credentials: CredentialSigner,
  ticket: PrintedTicket,
): Buffer {
  const pass = new PKPass(
    { 'icon.png': icon29, 'icon@2x.png': icon58 },
    {
      wwdr: settings.wwdrCertificate,
      signerCert: settings.certificate,
      signerKey: settings.privateKey,
      ...(settings.privateKeyPassphrase && { signerKeyPassphrase: settings.privateKeyPassphrase }),
    },
    {
      passTypeIdentifier: settings.passTypeIdentifier,
      teamIdentifier: settings.teamIdentifier,
      organizationName: settings.organisationName,
      description: ticket.event,
      // A transfer makes another pass: the old holder's is not updated into the new one's.
      serialNumber: `${encodeId('Ticket', ticket.id)}-${ticket.credentialEpoch}`,
      foregroundColor: 'rgb(255, 255, 255)',
      backgroundColor: 'rgb(93, 46, 140)',
    },
  );
  pass.type = 'eventTicket';
  pass.primaryFields.push({ key: 'event', label: 'EVENT', value: ticket.event });
  pass.secondaryFields.push({
    key: 'starts',
    label: 'STARTS',
    value: ticket.startsAt.toISOString(),
    dateStyle: 'PKDateStyleMedium',
    timeStyle: 'PKDateStyleShort',
    ignoresTimeZone: false,
  });
  if (ticket.seat) pass.auxiliaryFields.push({ key: 'seat', label: 'SEAT', value: seatText(ticket.seat) });
  pass.auxiliaryFields.push({ key: 'type', label: 'TICKET', value: ticket.ticketType });
  pass.backFields.push({ key: 'order', label: 'Order', value: ticket.orderNumber });
  pass.backFields.push({ key: 'guest', label: 'Guest', value: ticket.guest });
  const place = placeOf(ticket);
  if (place) pass.backFields.push({ key: 'place', label: 'Where', value: place });
  for (const [place, line] of linesOf(ticket.additions).entries())
    pass.backFields.push({ key: `addition-${place}`, ...line });
  pass.setRelevantDate(ticket.startsAt);
  pass.setExpirationDate(ticket.endsAt);
  pass.setBarcodes({
    format: 'PKBarcodeFormatQR',
    message: credentials.sign(claimsOf(ticket)),
    messageEncoding: 'iso-8859-1',
  });
  return pass.getAsBuffer();
}

function claimsOf({ id: ticketId, occurrenceId, credentialEpoch: epoch }: PrintedTicket) {
  return { ticketId, occurrenceId, epoch };
}

/** The link by which Google Wallet takes the ticket in: its class and object in a JWT signed by the service account. */
export async function googleSaveLink(
  settings: GoogleSettings,
  credentials: CredentialSigner,
  ticket: PrintedTicket,
): Promise<string> {
  const classId = `${settings.issuerId}.${encodeId('Occurrence', ticket.occurrenceId)}`;
  const text = (value: string) => ({ defaultValue: { language: 'en', value } });
  const eventClass = {
    id: classId,
    issuerName: ticket.space?.venue ?? 'Marquee',
    reviewStatus: 'UNDER_REVIEW',
    eventName: text(ticket.event),
    dateTime: { start: ticket.startsAt.toISOString(), end: ticket.endsAt.toISOString() },
    ...(ticket.space && {
      venue: { name: text(ticket.space.venue), address: text(ticket.space.address || ticket.space.name) },
    }),
  };
  const eventObject = {
    id: `${settings.issuerId}.${encodeId('Ticket', ticket.id)}-${ticket.credentialEpoch}`,
    classId,
    state: 'ACTIVE',
    ticketHolderName: ticket.guest,
    ticketNumber: encodeId('Ticket', ticket.id),
    ticketType: text(ticket.ticketType),
    reservationInfo: { confirmationCode: ticket.orderNumber },
    ...(ticket.seat && {
      seatInfo: {
        section: text(ticket.seat.section),
        row: text(ticket.seat.row),
        seat: text(ticket.seat.label),
      },
    }),
    textModulesData: linesOf(ticket.additions).map(({ label, value }, place) => ({
      id: `addition-${place}`,
      header: label,
      body: value,
    })),
    barcode: { type: 'QR_CODE', value: credentials.sign(claimsOf(ticket)) },
  };
  const payload = { eventTicketClasses: [eventClass], eventTicketObjects: [eventObject] };
  const key = await importPKCS8(settings.privateKey, 'RS256');
  const jwt = await new SignJWT({ typ: 'savetowallet', origins: [], payload })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(settings.clientEmail)
    .setAudience('google')
    .setIssuedAt()
    .sign(key);
  return `https://pay.google.com/gp/v/save/${jwt}`;
}
