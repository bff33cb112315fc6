package io.jverto.sip.locate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipTransport;
import io.jverto.testkit.time.VirtualTime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// RFC 3263 section 4, against records that a test writes.
class LocatorTest implements Dns {
    private final Map<String, List<Naptr>> naptr = new HashMap<>();
    private final Map<String, List<Srv>> srv = new HashMap<>();
    private final Map<String, List<String>> addresses = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final VirtualTime time = new VirtualTime();
    private final Dns cached = new CachedDns(this, time);
    private final Locator locator = new Locator(cached, new Random(3263));

    @Override
    public List<Naptr> naptr(String name) {
        asked.add("naptr " + name);
        return naptr.getOrDefault(name, List.of());
    }

    @Override
    public List<Srv> srv(String name) {
        asked.add("srv " + name);
        return srv.getOrDefault(name, List.of());
    }

    @Override
    public List<InetAddress> addresses(String name) {
        return addresses.getOrDefault(name, List.of()).stream().map(InetAddress::ofLiteral).toList();
    }

    private List<String> find(String host, int port, SipTransport... transport) {
        return locator.find(new HostPort(host, port), Optional.of(transport).filter(all -> all.length > 0).map(all -> all[0])).stream()
                .map(hop -> hop.transport() + " " + hop.remote().getAddress().getHostAddress() + ":" + hop.remote().getPort())
                .toList();
    }

    @Test
    void anAddressIsItself() {
        assertThat(find("192.0.2.7", 0)).containsExactly("UDP 192.0.2.7:5060");
        assertThat(find("192.0.2.7", 5070, SipTransport.TCP)).containsExactly("TCP 192.0.2.7:5070");
        assertThat(find("192.0.2.7", 0, SipTransport.TLS)).containsExactly("TLS 192.0.2.7:5061");
        assertThat(asked).isEmpty();
    }

    @Test
    void aNameWithAPortHasAddressesOnly() {
        addresses.put("sip.example.org", List.of("192.0.2.1", "192.0.2.2"));

        assertThat(find("sip.example.org", 5080, SipTransport.UDP)).containsExactly("UDP 192.0.2.1:5080", "UDP 192.0.2.2:5080");
        assertThat(asked).isEmpty();
    }

    @Test
    void theServiceOfTheTransportComesFirstByItsPriority() {
        srv.put("_sip._tcp.example.org", List.of(new Srv(20, 0, 5062, "b.example.org"), new Srv(10, 0, 5061, "a.example.org")));
        addresses.put("a.example.org", List.of("192.0.2.1"));
        addresses.put("b.example.org", List.of("192.0.2.2", "192.0.2.3"));

        assertThat(find("example.org", 0, SipTransport.TCP)).containsExactly("TCP 192.0.2.1:5061", "TCP 192.0.2.2:5062", "TCP 192.0.2.3:5062");
    }

    @Test
    void weightsSayHowOftenSomebodyIsFirst() {
        srv.put("_sip._udp.example.org", List.of(new Srv(10, 90, 1, "a.example.org"), new Srv(10, 10, 2, "b.example.org"), new Srv(10, 0, 3, "c.example.org")));
        List.of("a", "b", "c").forEach(name -> addresses.put(name + ".example.org", List.of("192.0.2.9")));
        int[] first = new int[4];
        for (int i = 0; i < 1_000; i++) {
            List<String> found = find("example.org", 0, SipTransport.UDP);
            assertThat(found).hasSize(3);
            first[Integer.parseInt(found.getFirst().substring(found.getFirst().length() - 1))]++;
        }

        assertThat(first[1]).isBetween(820, 960);
        assertThat(first[2]).isBetween(50, 160);
        assertThat(first[3]).isLessThan(40);
    }

    @Test
    void theDomainChoosesTheTransportWhereNobodyElseDoes() {
        naptr.put("example.org", List.of(
                new Naptr(20, 10, "s", "SIP+D2U", "_sip._udp.example.org"), new Naptr(10, 10, "S", "sips+d2t", "_sips._tcp.example.org"),
                new Naptr(1, 1, "s", "SIP+D2S", "_sip._sctp.example.org"), new Naptr(1, 1, "u", "E2U+sip", "")));
        srv.put("_sips._tcp.example.org", List.of(new Srv(1, 1, 5061, "a.example.org")));
        srv.put("_sip._udp.example.org", List.of(new Srv(1, 1, 5060, "a.example.org")));
        addresses.put("a.example.org", List.of("192.0.2.1"));

        assertThat(find("example.org", 0)).containsExactly("TLS 192.0.2.1:5061", "UDP 192.0.2.1:5060");
    }

    @Test
    void withoutAnyServiceTheAddressesCount() {
        addresses.put("example.org", List.of("192.0.2.1"));

        assertThat(find("example.org", 0)).containsExactly("UDP 192.0.2.1:5060");
        assertThat(asked).containsExactly("naptr example.org", "srv _sip._udp.example.org", "srv _sip._tcp.example.org");
        srv.put("_sip._udp.none.example.org", List.of(new Srv(0, 0, 0, ".")));
        assertThat(find("none.example.org", 0)).isEmpty();
    }

    @Test
    void answersAreRememberedForAWhile() {
        srv.put("_sip._udp.example.org", List.of(new Srv(1, 1, 5060, "192.0.2.1")));
        find("example.org", 0, SipTransport.UDP);
        find("EXAMPLE.org", 0, SipTransport.UDP);
        assertThat(asked).hasSize(1);
        time.advance(Duration.ofSeconds(61));
        find("example.org", 0, SipTransport.UDP);
        assertThat(asked).hasSize(2);

        find("nothing.example.org", 0, SipTransport.UDP);
        time.advance(Duration.ofSeconds(11));
        find("nothing.example.org", 0, SipTransport.UDP);
        assertThat(asked).hasSize(4);
    }

    @Test
    void whatIsRememberedAndFoundIsBounded() {
        for (int i = 0; i <= CachedDns.MOST; i++) {
            cached.srv("name" + i);
        }
        asked.clear();
        cached.srv("name" + CachedDns.MOST);
        cached.srv("name0");
        assertThat(asked).containsExactly("srv name0");

        List<Srv> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(new Srv(i, 0, 5060 + i, "192.0.2.1"));
        }
        srv.put("_sip._udp.many.example.org", many);
        assertThat(find("many.example.org", 0, SipTransport.UDP)).hasSize(Locator.MOST);
    }
}
