import { harbour, kumo, northlight, type SeedOrganisation } from './organisations.ts';

export type City = {
  readonly name: string;
  readonly countryCode: string;
  readonly timeZone: string;
  /** ISO 4217; shows in this city are priced in it. */
  readonly currency: string;
  readonly latitude: number;
  readonly longitude: number;
};

function city(
  name: string,
  countryCode: string,
  timeZone: string,
  currency: string,
  [latitude, longitude]: readonly [number, number],
): City {
  return { name, countryCode, timeZone, currency, latitude, longitude };
}

const london = city('London', 'GB', 'Europe/London', 'GBP', [51.5074, -0.1278]);
const manchester = city('Manchester', 'GB', 'Europe/London', 'GBP', [53.4808, -2.2426]);
const edinburgh = city('Edinburgh', 'GB', 'Europe/London', 'GBP', [55.9533, -3.1883]);
const newYork = city('New York', 'US', 'America/New_York', 'USD', [40.7128, -74.006]);
const chicago = city('Chicago', 'US', 'America/Chicago', 'USD', [41.8781, -87.6298]);
const losAngeles = city('Los Angeles', 'US', 'America/Los_Angeles', 'USD', [34.0522, -118.2437]);
const tokyo = city('Tokyo', 'JP', 'Asia/Tokyo', 'JPY', [35.6762, 139.6503]);
const osaka = city('Osaka', 'JP', 'Asia/Tokyo', 'JPY', [34.6937, 135.5023]);

export type Place = {
  readonly organisation: SeedOrganisation;
  readonly city: City;
  readonly name: string;
  readonly line1: string;
};

function places(organisation: SeedOrganisation, list: readonly (readonly [City, string, string])[]): Place[] {
  return list.map(([at, name, line1]) => ({ organisation, city: at, name, line1 }));
}

/** The forty venues. Those abroad bring the further time zones and currencies; Phoenix has no summer time. */
export const venuePlaces: readonly Place[] = [
  ...places(northlight, [
    [london, 'The Lantern', '14 Garrick Yard'],
    [london, 'Aldwych Playhouse', '49 Strand Row'],
    [london, 'The Foundry', '3 Bankside Wharf'],
    [london, 'Marlowe Rooms', '88 Camden Passage'],
    [manchester, 'Ancoats Theatre', '21 Cotton Street'],
    [manchester, 'Castlefield Hall', '5 Liverpool Road'],
    [edinburgh, 'Calton Theatre', '12 Regent Terrace'],
    [edinburgh, 'The Vennel', '30 Grassmarket'],
    [city('Glasgow', 'GB', 'Europe/London', 'GBP', [55.8642, -4.2518]), 'Clydeside Theatre', '77 Broomielaw'],
    [city('Bristol', 'GB', 'Europe/London', 'GBP', [51.4545, -2.5879]), 'Harbourside Stage', '9 Welsh Back'],
    [city('Leeds', 'GB', 'Europe/London', 'GBP', [53.8008, -1.5491]), 'Kirkgate Theatre', '101 Kirkgate'],
    [city('Cardiff', 'GB', 'Europe/London', 'GBP', [51.4816, -3.1791]), 'Theatr y Bae', '2 Stuart Place'],
    [
      city('Belfast', 'GB', 'Europe/London', 'GBP', [54.5973, -5.9301]),
      'The Linen Hall Stage',
      '17 Donegall Square',
    ],
    [city('Dublin', 'IE', 'Europe/Dublin', 'EUR', [53.3498, -6.2603]), 'Liffey Playhouse', '6 Ormond Quay'],
    [
      city('Paris', 'FR', 'Europe/Paris', 'EUR', [48.8566, 2.3522]),
      'Théâtre des Lumières',
      '23 rue de Bondy',
    ],
    [city('Lisbon', 'PT', 'Europe/Lisbon', 'EUR', [38.7223, -9.1393]), 'Teatro do Cais', '41 Rua da Prata'],
  ]),
  ...places(harbour, [
    [newYork, 'Pier Nine', '290 West Street'],
    [newYork, 'Gowanus Music Hall', '501 Union Street'],
    [newYork, 'The Tenth Avenue', '412 10th Avenue'],
    [
      city('Boston', 'US', 'America/New_York', 'USD', [42.3601, -71.0589]),
      'Long Wharf Pavilion',
      '1 Atlantic Avenue',
    ],
    [chicago, 'Fulton Market Hall', '820 W Fulton Market'],
    [chicago, 'Lakeshore Arena', '1200 S Museum Drive'],
    [
      city('Denver', 'US', 'America/Denver', 'USD', [39.7392, -104.9903]),
      'Mile High Ballroom',
      '1555 Blake Street',
    ],
    [
      city('Phoenix', 'US', 'America/Phoenix', 'USD', [33.4484, -112.074]),
      'Saguaro Theatre',
      '77 E Roosevelt Street',
    ],
    [losAngeles, 'The Vermont', '1733 N Vermont Avenue'],
    [losAngeles, 'Pacific Sound Stage', '640 Mateo Street'],
    [
      city('Seattle', 'US', 'America/Los_Angeles', 'USD', [47.6062, -122.3321]),
      'Elliott Bay Room',
      '88 Alaskan Way',
    ],
    [
      city('Toronto', 'CA', 'America/Toronto', 'CAD', [43.6532, -79.3832]),
      'Queens Quay Hall',
      '207 Queens Quay W',
    ],
    [
      city('Honolulu', 'US', 'Pacific/Honolulu', 'USD', [21.3069, -157.8583]),
      'Kakaako Stage',
      '675 Auahi Street',
    ],
    [
      city('Mexico City', 'MX', 'America/Mexico_City', 'MXN', [19.4326, -99.1332]),
      'Foro Roma',
      'Calle Durango 215',
    ],
  ]),
  ...places(kumo, [
    [tokyo, 'Kumo Hall Shibuya', '2-21-1 Dogenzaka'],
    [tokyo, 'Sumida Riverside', '1-23-20 Azumabashi'],
    [tokyo, 'Studio Nakano', '5-52-15 Nakano'],
    [osaka, 'Dotonbori Theatre', '1-4-3 Dotonbori'],
    [osaka, 'Kita Live', '14-4 Chayamachi'],
    [city('Kyoto', 'JP', 'Asia/Tokyo', 'JPY', [35.0116, 135.7681]), 'Kamogawa Hall', '170 Hashishitacho'],
    [city('Sapporo', 'JP', 'Asia/Tokyo', 'JPY', [43.0618, 141.3545]), 'Odori Stage', '3-8 Odori Nishi'],
    [city('Seoul', 'KR', 'Asia/Seoul', 'KRW', [37.5665, 126.978]), 'Hongdae Hall', '29 Wausan-ro'],
    [
      city('Sydney', 'AU', 'Australia/Sydney', 'AUD', [-33.8688, 151.2093]),
      'Walsh Bay Works',
      '15 Hickson Road',
    ],
    [
      city('Singapore', 'SG', 'Asia/Singapore', 'SGD', [1.3521, 103.8198]),
      'Marina Theatre',
      '8 Raffles Avenue',
    ],
  ]),
];
