package io.jverto.server.doctor;

import io.jverto.server.finding.Finding;
import io.jverto.server.startup.LocalNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Names of the machine and of its certificate: do they lead here? Asks the system's resolver, so it blocks.
final class NameCheck {
    private final LocalNames names;

    NameCheck(LocalNames names) {
        this.names = names;
    }

    /// @param hosts by which clients come; those with `*` are passed over
    List<Finding> run(Collection<String> hosts) {
        List<Finding> findings = new ArrayList<>();
        findings.add(names.ipv4().equals("127.0.0.1") && names.ipv6().equals("::1")
                ? Finding.warning("addresses", "this machine has no address but loopback", "only browsers on this machine can call",
                        "connect it to a network, then start the server anew")
                : Finding.fine("addresses", "this machine is " + names.hostName() + " with " + names.ipv4()
                        + (names.ipv6().equals("::1") ? "" : " and " + names.ipv6())));
        hosts.stream().filter(host -> !host.startsWith("*") && !host.equals("localhost")).distinct().forEach(host -> findings.add(name(host)));
        return findings;
    }

    private Finding name(String host) {
        String hint = "add to DNS, or to the hosts file of each device: " + names.ipv4() + " " + host;
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            return Finding.warning("names", host + " cannot be looked up from this machine", "browsers that cannot either do not find the page", hint);
        }
        List<String> texts = Arrays.stream(found).map(InetAddress::getHostAddress).toList();
        boolean here = Arrays.stream(found).anyMatch(address -> address.isLoopbackAddress() || names.addresses().contains(address.getHostAddress()));
        return here
                ? Finding.fine("names", host + " leads here")
                : Finding.warning("names", host + " leads to " + String.join(", ", texts) + ", which is no address of this machine",
                        "unless a router or proxy there passes on to this machine, browsers reach another one", hint);
    }
}
