import type { DownloadLinks } from '@marquee/documents';
import type { FieldEncryption } from '@marquee/event-log';
import type { Hooks } from '@marquee/hooks';
import type { Database } from '@marquee/postgres';
import type { Logger } from '@marquee/telemetry';
import type { Granting } from './holds/granting.ts';
import type { Owners } from './occurrences/owners.ts';
import type { GuardedProvider } from './payments/provider.ts';
import type { LedgerKey } from './ledger/ledger-key.ts';
import type { FileLinks } from './passes/file-links.ts';
import type { AppleSettings, GoogleSettings } from './passes/wallets.ts';
import type { CredentialSigner } from './tickets/credential.ts';
import type { WaitingRooms } from './waiting-room/waiting-rooms.ts';

/** How long things stand. */
export type Terms = {
  readonly holdMinutes: number;
  readonly orderMinutes: number;
  readonly transferDays: number;
  /** How long an offer to someone on the waitlist stands. */
  readonly offerMinutes: number;
  /** How long what was deleted can be restored. */
  readonly deletedDays: number;
};

/** What use cases work with, made once in main. */
export type Services = {
  readonly database: Database;
  /** Of what is personal in the log; where there is none (in tests), that is stored in clear. */
  readonly encryption?: FieldEncryption;
  readonly owners: Owners;
  /** What plugins say; never asked within a transaction. */
  readonly hooks: Hooks;
  readonly credentials: CredentialSigner;
  /** By the name that payOrder's `provider` gives. */
  readonly providers: ReadonlyMap<string, GuardedProvider>;
  /** By which the heads of this service's log are verified. */
  readonly ledgerKeys?: readonly LedgerKey[];
  /** Files and wallets; null where a wallet is not set up. */
  readonly passes: {
    readonly links: FileLinks;
    readonly apple: AppleSettings | null;
    readonly google: GoogleSettings | null;
  };
  readonly invoiceLinks: DownloadLinks;
  readonly terms: Terms;
  /** Grants holds many at a time; where there is none, each is granted alone. */
  readonly granting?: Granting;
  readonly waitingRooms: WaitingRooms;
  /** Tells the relay that events were committed. */
  readonly wake: () => void;
  /** Tells that a saga was started or told something. */
  readonly wakeSagas: () => void;
  /** Tells that an invoice or a credit note is due. */
  readonly wakeIssuing: () => void;
  readonly logger: Logger;
};
