"""Where a call comes from, as coarsely as it has to be counted."""

import ipaddress


def network(address: str) -> str:
    """Give the address of a caller, of IPv6 the first 64 bits: one line has all the rest; empty if it is no address."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if read.version == 6 and read.ipv4_mapped:
        return str(read.ipv4_mapped)
    return str(read) if read.version == 4 else str(ipaddress.ip_network((read, 64), strict=False))
