package io.jverto.server.certificate;

import io.jverto.base.net.Network;
import java.net.IDN;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// For whom a certificate is good (RFC 5280 section 4.2.1.6).
///
/// @param hosts in lower case, in ASCII; `*.` may stand before one
/// @param addresses as literals
public record CertificateNames(List<String> hosts, List<String> addresses) {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;
    private static final int MAX_LENGTH = 253;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    public CertificateNames {
        hosts = List.copyOf(hosts);
        addresses = List.copyOf(addresses);
    }

    /// @param names of hosts, and addresses
    /// @throws IllegalArgumentException when one of them is neither; the message is for a person
    public static CertificateNames of(Collection<String> names) {
        Set<String> hosts = new LinkedHashSet<>();
        Set<String> addresses = new LinkedHashSet<>();
        for (String name : names) {
            Optional<InetAddress> address = Network.address(name);
            if (address.isPresent()) {
                addresses.add(address.get().getHostAddress());
            } else {
                hosts.add(host(name).orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is not a host name; write it like pbx.example.com, without https:// and port")));
            }
        }
        return new CertificateNames(List.copyOf(hosts), List.copyOf(addresses));
    }

    /// Those of a certificate.
    public static CertificateNames of(X509Certificate certificate) {
        List<String> hosts = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (List<?> name : alternatives(certificate)) {
            if (name.getFirst().equals(DNS)) {
                hosts.add(name.get(1).toString().toLowerCase(Locale.ROOT));
            } else if (name.getFirst().equals(ADDRESS)) {
                addresses.add(name.get(1).toString());
            }
        }
        return new CertificateNames(hosts, addresses);
    }

    /// @return these, then whatever of the others is not among them
    public CertificateNames with(CertificateNames more) {
        return new CertificateNames(
                Stream.concat(hosts.stream(), more.hosts.stream()).distinct().toList(),
                Stream.concat(addresses.stream(), more.addresses.stream()).distinct().toList());
    }

    /// Whether browsers take a certificate with these names for that host or address (RFC 6125 section 6.4).
    public boolean covers(String name) {
        Optional<InetAddress> address = Network.address(name);
        if (address.isPresent()) {
            return addresses.stream().anyMatch(one -> Network.address(one).equals(address));
        }
        String host = name.toLowerCase(Locale.ROOT);
        int dot = host.indexOf('.');
        return hosts.contains(host) || dot > 0 && hosts.contains("*" + host.substring(dot));
    }

    /// @return all of them, hosts first
    public List<String> all() {
        return Stream.concat(hosts.stream(), addresses.stream()).toList();
    }

    GeneralNames general() {
        return new GeneralNames(Stream.concat(
                        hosts.stream().map(host -> new GeneralName(GeneralName.dNSName, host)),
                        addresses.stream().map(address -> new GeneralName(GeneralName.iPAddress, address)))
                .toArray(GeneralName[]::new));
    }

    private static Optional<String> host(String name) {
        try {
            boolean wild = name.startsWith("*.");
            String ascii = IDN.toASCII(wild ? name.substring(2) : name).toLowerCase(Locale.ROOT);
            boolean good = ascii.length() <= MAX_LENGTH && ascii.matches(LABEL + "(\\." + LABEL + ")*");
            return Optional.of((wild ? "*." : "") + ascii).filter(_ -> good);
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException damaged) {
            return List.of();
        }
    }
}
