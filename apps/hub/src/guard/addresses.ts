import ipaddr from 'ipaddr.js';

/** Which addresses a webhook may be sent to. */
export type AddressRule = {
  /** `protocol` is that of the URL: plain HTTP goes only where the operator says. */
  permits(address: string, protocol: string): boolean;
};

type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** What IANA gives out for the public internet; the rest of IPv6 is reserved, private or a way to wrap IPv4 in. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/** Thrown for a network that is none: a fault of the operator's settings. */
export function parseNetworks(text: string): readonly string[] {
  const networks = text
    .split(',')
    .map((network) => network.trim())
    .filter(Boolean);
  for (const network of networks) ipaddr.parseCIDR(network);
  return networks;
}

/**
 * Public addresses over HTTPS, and the operator's own networks (such as `127.0.0.0/8`) over HTTP too. An address is
 * public where it is unicast by ipaddr.js, and within 2000::/3 for IPv6: so neither loopback nor private nor link-local
 * (cloud metadata), nor IPv4 in any of its IPv6 wrappings (mapped, compatible, 6to4, NAT64, Teredo).
 */
export function createAddressRule(operatorNetworks: readonly string[]): AddressRule {
  const own = operatorNetworks.map((network) => ipaddr.parseCIDR(network));
  return {
    permits: (text, protocol) => {
      if (!ipaddr.isValid(text)) return false;
      const address = ipaddr.parse(text);
      if (own.some((network) => isWithin(address, network))) return true;
      return protocol === 'https:' && isPublic(address);
    },
  };
}

type Address = ReturnType<typeof ipaddr.parse>;

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || isWithin(address, globalUnicast);
}

function isWithin(address: Address, network: Network): boolean {
  return address.kind() === network[0].kind() && address.match(network as [Address, number]);
}
