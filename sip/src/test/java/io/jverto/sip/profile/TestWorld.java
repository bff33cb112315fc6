package io.jverto.sip.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.net.NetworkLists;
import io.jverto.sip.gateway.SofiaXml;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.MessageDesk;
import io.jverto.switchboard.port.UserId;
import io.jverto.testkit.time.VirtualTime;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A profile in virtual time, with users 1000 to 1002 of the domain `pbx.test`, whose passwords are `secret` and the number.
final class TestWorld implements MessageDesk, AutoCloseable {
    final VirtualTime time = new VirtualTime();
    final FakeNetwork network = new FakeNetwork();
    final CoreEvents core = new CoreEvents(time);
    final List<String> events = new ArrayList<>();
    final List<ChatMessage> messages = new ArrayList<>();
    final List<String> arrived = new ArrayList<>();
    final Map<String, Map<String, String>> boxes = new java.util.HashMap<>();
    final java.util.Set<String> browsers = new java.util.HashSet<>();
    final SipProfiles profiles;
    SofiaConfig config;
    int phones;

    TestWorld(List<ConfigNode> gateways, String... settings) {
        config = read(gateways, settings);
        core.listen(new CoreEvents.Listener() {
            @Override
            public boolean wants(EventName name, String subclass) {
                return subclass.startsWith("sofia::");
            }

            @Override
            public void onEvent(CoreEvent event) {
                events.add(event.subclass() + event.header("State").map(state -> " " + state).orElse("")
                        + event.header("from-user").map(user -> " " + user).orElse(""));
            }
        });
        SipWorld world = new SipWorld(
                time, new Random(7), core, () -> DIRECTORY, this, user -> Optional.ofNullable(boxes.get(user.toString())), user -> browsers.contains(user.toString()),
                InetAddress.ofLiteral("198.51.100.7"), network);
        profiles = new SipProfiles(() -> config, world, NoCalls::new, SipCounts.create());
    }

    static SofiaConfig read(List<ConfigNode> gateways, String... settings) {
        return SofiaConfig.read(SofiaXml.configuration(gateways, settings), NetworkLists.NONE, problem -> {
            throw new AssertionError(problem);
        });
    }

    /// One whose realm is the domain of the users.
    static TestWorld open(String... settings) {
        TestWorld world = new TestWorld(List.of(), settings);
        world.profiles.open();
        world.time.settle();
        return world;
    }

    private static final Directory DIRECTORY = Directory.read(SofiaXml.node("section", Map.of(), 1, List.of(
            SofiaXml.node("domain", Map.of("name", TestPhone.DOMAIN), 1, List.of(
                    user("1000", "password", "secret1000"), user("1001", "password", "secret1001"), user("1002", "password", "secret1002"),
                    user("1003", "password", ""),
                    user("1004", "a1-hash", io.jverto.sip.digest.DigestAlgorithm.MD5.ha1("1004", TestPhone.DOMAIN, "secret1004")))))),
            problem -> {
                throw new AssertionError(problem);
            });

    private static ConfigNode user(String id, String param, String value) {
        return SofiaXml.node("user", Map.of("id", id), 1, List.of(SofiaXml.node("params", Map.of(), 1, SofiaXml.params(1, param, value))));
    }

    TestPhone phone(String user, int number) {
        return new TestPhone(this, user, "secret" + user, number);
    }

    Profile profile() {
        return profiles.find("external").orElseThrow();
    }

    @Override
    public void send(String to, ChatMessage message) {
        messages.add(message);
    }

    @Override
    public void arrived(UserId user) {
        arrived.add(user.toString());
    }

    @Override
    public void close() {
        time.start("close", profiles::close);
        time.advance(java.time.Duration.ofSeconds(5));
    }
}
