import type { SeedOrganisation } from './organisations.ts';
import type { Random } from './random.ts';

const words = (list: string): readonly string[] => list.split(' ');

const british = {
  first: words(
    'Amelia Oliver Isla George Ava Arthur Mia Noah Freya Leo Grace Oscar Florence Harry Poppy Jack Evie Theo Rosie Archie Aisha Mohammed Priya Arjun Niamh Callum Eilidh Rhys Cerys Finlay Harriet Edward Beatrice Samuel Zara Kwame Chidi Ngozi Siobhan Declan',
  ),
  last: words(
    'Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Evans Walker Robinson Green Hall Wood Clarke Khan Hughes Lewis Edwards Harris Thompson Cooper Ward Campbell Stewart MacDonald Murphy Kelly Ahmed Okafor Bennett Fletcher Whitaker Pritchard Ashworth Holloway Sinclair Fraser',
  ),
};
const american = {
  first: words(
    'Olivia Liam Emma Noah Sophia Mateo Isabella Ethan Camila Jackson Harper Aiden Maya Lucas Elena Mason Nora Logan Layla Diego Hannah Caleb Jasmine Andre Gabriela Tyler Keisha Marcus Valentina Wyatt Mei Daniel Priscilla Xavier Abigail Hunter Naomi Carlos Brooke Isaiah',
  ),
  last: words(
    'Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Anderson Thomas Moore Jackson Lee Perez White Sanchez Ramirez Nguyen Scott Torres Hill Flores Rivera Mitchell Carter Roberts Gomez Phillips Turner Diaz Parker Cruz Collins Reyes Kim Bailey Brooks Foster Sullivan Okonkwo',
  ),
};
/** Written as people there write them, family name first; the Latin form is for the e-mail address. */
const japanese = {
  first: words(
    '陽菜:hina 蓮:ren 葵:aoi 湊:minato 凛:rin 樹:itsuki 結菜:yuina 大翔:hiroto 紬:tsumugi 悠真:yuma 美咲:misaki 颯太:sota 芽依:mei 陸:riku 咲良:sakura 海斗:kaito 真央:mao 翔太:shota 彩花:ayaka 健太:kenta 優子:yuko 直樹:naoki 恵:megumi 拓也:takuya 由美:yumi 誠:makoto 千尋:chihiro 亮:ryo 楓:kaede 光:hikaru',
  ),
  last: words(
    '佐藤:sato 鈴木:suzuki 高橋:takahashi 田中:tanaka 伊藤:ito 渡辺:watanabe 山本:yamamoto 中村:nakamura 小林:kobayashi 加藤:kato 吉田:yoshida 山田:yamada 佐々木:sasaki 山口:yamaguchi 松本:matsumoto 井上:inoue 木村:kimura 林:hayashi 斎藤:saito 清水:shimizu 山崎:yamazaki 森:mori 池田:ikeda 橋本:hashimoto 阿部:abe 石川:ishikawa 前田:maeda 藤田:fujita 後藤:goto 岡田:okada',
  ),
};

const mailDomains = ['example.com', 'example.org', 'example.net', 'mail.example.com'] as const;

/** A person as people of the organisation's country are called, with an address that nobody else in the list has. */
export function inventPerson(
  random: Random,
  organisation: SeedOrganisation,
  number: number,
): { readonly name: string; readonly email: string } {
  const domain = mailDomains[number % mailDomains.length]!;
  if (organisation.countryCode === 'JP') {
    const [firstName, firstLatin] = random.pick(japanese.first).split(':') as [string, string];
    const [lastName, lastLatin] = random.pick(japanese.last).split(':') as [string, string];
    return { name: `${lastName} ${firstName}`, email: `${firstLatin}.${lastLatin}${number}@${domain}` };
  }
  const people = organisation.countryCode === 'US' ? american : british;
  const first = random.pick(people.first);
  const last = random.pick(people.last);
  return { name: `${first} ${last}`, email: `${first}.${last}${number}@${domain}`.toLowerCase() };
}

/** What is on: titles by kind of event. A title used up is used again with the next season's number. */
export const titles = {
  play: [
    'The Winter’s Tale',
    'Twelfth Night',
    'An Inspector Calls',
    'The Seagull',
    'Hedda Gabler',
    'A Doll’s House',
    'The Cherry Orchard',
    'Arcadia Nights',
    'The Lighthouse Keepers',
    'Salt and Iron',
    'Uncle Vanya',
    'Medea',
  ],
  concert: [
    'Northern Lights Live',
    'The Paper Planes',
    'Ines Duarte Trio',
    'Velvet Static',
    'Kestrel & Crow',
    'Slow Harbour',
    'Midnight Ferries',
    'Golden Hour Sessions',
    'Yuki Amano Quartet',
    'The Copper Coast',
    'Glasshouse',
    'Tidelines',
    'City Philharmonic: Sibelius 5',
    'Baroque by Candlelight',
    'Brass on the Water',
    'Songs of the Rails',
  ],
  comedy: [
    'Friday Stand-up',
    'Improv Lab',
    'The Late Mic',
    'Rakugo Evening',
    'Two Hours of Nonsense',
    'Work in Progress',
  ],
  family: [
    'The Gruff Little Goat',
    'Puppets of the Deep',
    'Dinosaur Hour',
    'Paper Moon',
    'The Snow Train',
    'Bubble Lab',
  ],
  conference: [
    'Civic Data Forum',
    'Makers’ Days',
    'Graph Week',
    'Food Futures',
    'Festival Producers’ Summit',
    'Quiet Tech',
  ],
} as const;

export type EventKind = keyof typeof titles;
