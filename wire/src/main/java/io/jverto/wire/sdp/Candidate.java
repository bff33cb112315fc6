package io.jverto.wire.sdp;

import java.util.Optional;

/// `a=candidate` (RFC 8839 section 5.1), as far as anything here needs it.
///
/// @param transport `udp` or `tcp` as written
/// @param address as written: an IP literal, a host name or an mDNS name
/// @param type `host`, `srflx`, `prflx` or `relay`
/// @param tcpType `active`, `passive` or `so` of a TCP candidate (RFC 6544 section 4.5), as it is written by us; empty of UDP, and not read
public record Candidate(
        String foundation, int component, String transport, long priority, String address, int port, String type, String tcpType) {
    private static final int FIELDS = 8;
    private static final int MAX_COMPONENT = 256;
    private static final long MAX_PRIORITY = (1L << 32) - 1;
    private static final int MAX_PORT = 65_535;

    public Candidate(String foundation, int component, String transport, long priority, String address, int port, String type) {
        this(foundation, component, transport, priority, address, port, type, "");
    }

    /// @return empty when it is no candidate
    public static Optional<Candidate> decode(String value) {
        String[] fields = value.split(" ", FIELDS + 1);
        if (fields.length < FIELDS || !fields[6].equals("typ") || fields[0].isEmpty() || fields[4].isEmpty()) {
            return Optional.empty();
        }
        int component = (int) Digits.decode(fields[1], MAX_COMPONENT);
        long priority = Digits.decode(fields[3], MAX_PRIORITY);
        int port = (int) Digits.decode(fields[5], MAX_PORT);
        if (component < 0 || priority < 0 || port < 0) {
            return Optional.empty();
        }
        return Optional.of(new Candidate(fields[0], component, fields[2], priority, fields[4], port, fields[7]));
    }

    public String encode() {
        return foundation + " " + component + " " + transport + " " + priority + " " + address + " " + port + " typ "
                + type + (tcpType.isEmpty() ? "" : " tcptype " + tcpType) + " generation 0";
    }
}
