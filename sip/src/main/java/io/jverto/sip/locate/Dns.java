package io.jverto.sip.locate;

import java.net.InetAddress;
import java.util.List;

/// The records of a name. Each look-up may wait, and gives nothing where there is nothing or nobody answers.
public interface Dns {
    List<Naptr> naptr(String name);

    List<Srv> srv(String name);

    List<InetAddress> addresses(String name);

    /// Which services a domain has (RFC 3403 section 4.1).
    ///
    /// @param flags `s` where an SRV record follows
    /// @param service for instance `SIP+D2U`
    record Naptr(int order, int preference, String flags, String service, String replacement) {}

    /// Where a service is (RFC 2782).
    ///
    /// @param target a name; `.` where the service is not to be had
    record Srv(int priority, int weight, int port, String target) {}
}
