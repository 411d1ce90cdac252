const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@interfaceObject", "@inaccessible"])
`;

/**
 * What the platform's own graph has little of: an interface entity with an interface object, a progressive override,
 * provided and required fields (nested ones too), a key of several fields, unions whose members have one field in two types.
 */
export const oddSchemas: Readonly<Record<string, string>> = {
  catalogue: `${link}
type Query { medias: [Media] media(id: ID!): Media! shelves: [[Shelf!]!] findings(text: String): [Finding!] }
type Mutation { addBook(title: String!): Book }
interface Media @key(fields: "id") { id: ID! title: String }
type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int! author: Author size: Size! }
type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int! sequel: Film trailer: Clip }
type Clip @shareable { url: String! length: Int }
type Size @shareable { width: Int! height: Int }
type Shelf @key(fields: "id") @key(fields: "row place { number }") { id: ID! row: String! place: Place! media: [Media!]! }
type Place @shareable { number: Int! }
type Author @key(fields: "id", resolvable: false) { id: ID! }
union Finding = Book | Film | Shelf | Note
type Note { id: ID! pages: String! size: Size }
`,
  reviews: `${link}
type Query { latest(first: Int!): [Review!]! best: Media }
type Mutation { review(mediaId: ID!): Review! }
type Media @interfaceObject @key(fields: "id") { id: ID! reviews(first: Int): [Review!] score: Float rank: Int! }
type Review @key(fields: "id") { id: ID! text: String! media: Media author: Author @provides(fields: "name") stars: Int }
type Author @key(fields: "id") { id: ID! name: String @external reviews: [Review] }
`,
  people: `${link}
type Query { authors: [Author!]! author(id: ID!): Author }
type Mutation { rename(id: ID!, name: String): Author! }
type Author @key(fields: "id") { id: ID! name: String @shareable born: Int books: [Book!] agent: Author mood: Mood }
type Book @key(fields: "id") { id: ID! }
enum Mood { GOOD BAD }
`,
  stock: `${link}
type Query { cheapest: Book }
type Book @key(fields: "id") { id: ID! pages: Int! @external size: Size! @external
  weight: Int @requires(fields: "pages size { width height }") price(currency: String = "EUR"): Int! @requires(fields: "pages") }
type Film @key(fields: "id") { id: ID! minutes: Int! @override(from: "catalogue", label: "percent(0)") discs: [Disc] }
type Disc { region: Int! label: String }
type Size @shareable { width: Int! height: Int }
type Author @key(fields: "id", resolvable: false) { id: ID! }
type Shelf @key(fields: "id") { id: ID! place: Place! @external load: Int @requires(fields: "place { number }") }
type Place @shareable { number: Int! }
`,
};
