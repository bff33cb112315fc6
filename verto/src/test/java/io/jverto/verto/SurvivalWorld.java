package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.count.Counters;
import io.jverto.switchboard.Switchboard;
import io.jverto.switchboard.bridge.Endpoints;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.Presence;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.dialplan.Dialplan;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.menu.Menus;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ConferenceService;
import io.jverto.switchboard.port.VoicemailStore;
import io.jverto.switchboard.shared.PassingData;
import io.jverto.switchboard.voicemail.Mailboxes;
import io.jverto.switchboard.voicemail.MessageWaiting;
import io.jverto.switchboard.voicemail.Voicemail;
import io.jverto.switchboard.voicemail.VoicemailProfiles;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.profile.IceServers;
import io.jverto.verto.profile.VertoConfig;
import io.jverto.verto.profile.VertoProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A few users in virtual time with the real switch and the real endpoint, who do anything; beside it, a model of what must be alive.
/// Time passes in steps of 7 s, so that no limit of 20 s or 60 s is ever met exactly.
final class SurvivalWorld implements AutoCloseable {
    private static final Directory DIRECTORY = Config.directory();
    private static final Dialplan DIALPLAN = dialplan();
    private static final int USERS = 3;
    private static final long STEP_SECONDS = 7;
    private static final long RING_SECONDS = 60;
    private static final long WAIT_SECONDS = 20;
    private static final Pattern CALL_ID = Pattern.compile("\"callID\":\"([^\"]+)\"");

    private Random random = new Random(0);
    private final VirtualTime time = new VirtualTime();
    private final NoSound media = new NoSound();
    private final Switchboard board;
    private final VertoServer server;
    private final VertoProfile profile;
    private final List<Phone> phones = new ArrayList<>();
    /// The legs that must be alive, by call id.
    private final Map<String, Leg> legs = new TreeMap<>();
    private int callCount;
    private long seconds;

    /// One side of a call in the model.
    private static final class Leg {
        final String id;
        final Phone phone;
        final boolean placed;
        final long since;
        boolean answered;
        String partner = "";
        /// When its client was lost, -1 while it has one.
        long lost = -1;

        Leg(String id, Phone phone, boolean placed, long since) {
            this.id = id;
            this.phone = phone;
            this.placed = placed;
            this.since = since;
        }
    }

    /// One user with one session.
    private final class Phone {
        final String user;
        Queue<String> received = new ConcurrentLinkedQueue<>();
        Optional<TestClient> socket = Optional.empty();

        Phone(String user) {
            this.user = user;
        }

        void login() {
            Queue<String> fresh = new ConcurrentLinkedQueue<>();
            received = fresh;
            TestClient client = TestClient.connect(server, profile, fresh::add, () -> { });
            lost(this); // one that takes the session over loses it for the other
            socket = Optional.of(client);
            say("login", "\"login\":\"" + user + "@test\",\"passwd\":\"1234\",\"sessid\":\"S" + user + "\"");
            List<String> mine = new ArrayList<>();
            legs.values().stream().filter(leg -> leg.phone == this).forEach(leg -> mine.add(leg.id));
            List<String> offered = fresh.stream().filter(text -> text.contains("verto.attach")).map(SurvivalWorld::callId).sorted().toList();
            String ready = fresh.stream().filter(text -> text.contains("verto.clientReady")).reduce("", String::concat);
            assertThat(offered).isEqualTo(mine);
            mine.forEach(id -> assertThat(ready).contains("\"" + id + "\""));
            assertThat(ready.chars().filter(c -> c == ',').count()).as(ready).isEqualTo(3 + Math.max(0, mine.size() - 1));
        }

        void say(String method, String params) {
            socket.orElseThrow().send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}");
            time.settle();
        }
    }

    SurvivalWorld() {
        Endpoints endpoints = new Endpoints();
        EventChannels events = new EventChannels();
        Commands commands = new Commands();
        Routing routing = new Routing(DIRECTORY, DIALPLAN, Map.of("domain", "test"));
        CoreEvents core = new CoreEvents(time);
        Mailboxes mailboxes = new Mailboxes(VoicemailStore.NONE, () -> Path.of("nowhere"), new Random(1), new MessageWaiting(events, core));
        board = new Switchboard(
                new ChannelServices(time, media, new Random(1), () -> routing, commands, new Presence(events, false, core), new Counters<>(SwitchCounter.class)),
                endpoints,
                request -> new ConferenceService.Join.Refused(Cause.CHAN_NOT_IMPLEMENTED, "no rooms here"), new PassingData(), 1_000,
                () -> Menus.NONE, new Voicemail(() -> VoicemailProfiles.NONE, mailboxes));
        VertoConfig config = VertoConfig.read(
                Config.profile(Config.param("bind-local", "127.0.0.1:0"), Config.param("userauth", "true"), Config.param("context", "default")),
                problem -> {
                    throw new AssertionError(problem.toString());
                });
        profile = config.profiles().getFirst();
        server = new VertoServer(
                new VertoConfig(Duration.ofSeconds(WAIT_SECONDS), 0, true, false, IceServers.NONE, List.of()),
                new VertoServer.Environment(board, events, commands, () -> DIRECTORY, time, new Random(1), PageHandler.NONE));
        endpoints.add(server.endpoint());
        server.open();
        for (int user = 0; user < USERS; user++) {
            phones.add(new Phone(String.valueOf(1000 + user)));
        }
    }

    private static Dialplan dialplan() {
        ConfigNode context = Config.node("context", List.of(
                extension("^9196$", "answer", "", "echo", ""),
                extension("^9100$", "pre_answer", "", "park", ""),
                extension("^(10..)$", "set", "hangup_after_bridge=true", "bridge", "user/$1@test")), "name", "default");
        return Dialplan.read(Config.node("section", List.of(context), "name", "dialplan"), problem -> {
            throw new AssertionError(problem.toString());
        });
    }

    private static ConfigNode extension(String expression, String... actions) {
        List<ConfigNode> all = new ArrayList<>();
        for (int i = 0; i < actions.length; i += 2) {
            all.add(Config.node("action", List.of(), "application", actions[i], "data", actions[i + 1]));
        }
        ConfigNode condition = Config.node("condition", all, "field", "destination_number", "expression", expression);
        return Config.node("extension", List.of(condition), "name", expression);
    }

    /// Begins anew with other chances; nobody is there.
    void begin(Random chances) {
        random = chances;
    }

    /// Somebody does something, or time passes.
    ///
    /// @return what
    String step() {
        Phone phone = phones.get(random.nextInt(USERS));
        if (random.nextInt(4) == 0) {
            pass();
            return "time passes";
        }
        if (phone.socket.isEmpty() || random.nextInt(8) == 0) {
            phone.login();
            return phone.user + " logs in";
        }
        return switch (random.nextInt(10)) {
            case 0 -> place(phone, "9196");
            case 1 -> place(phone, "9100");
            case 2 -> place(phone, String.valueOf(1000 + random.nextInt(USERS)));
            case 3 -> pick(phone, leg -> !leg.answered && !leg.placed, this::answer);
            case 4 -> pick(phone, leg -> true, this::bye);
            case 5 -> pick(phone, leg -> leg.lost >= 0, this::attach);
            case 6 -> pick(phone, leg -> leg.answered && !leg.partner.isEmpty(), this::transfer);
            case 7 -> pick(phone, leg -> leg.answered && !leg.partner.isEmpty(), this::replace);
            case 8 -> pick(phone, leg -> leg.answered, this::hold);
            default -> vanish(phone);
        };
    }

    private String place(Phone phone, String number) {
        String id = "call-" + ++callCount;
        List<Queue<String>> before = phones.stream().map(each -> each.received).toList();
        before.forEach(Queue::clear);
        phone.say("verto.invite", "\"sdp\":\"" + sdp(111) + "\",\"dialogParams\":{\"callID\":\"" + id + "\",\"destination_number\":\"" + number + "\"}");
        Phone callee = phones.stream().filter(each -> each.user.equals(number)).findFirst().orElse(phone);
        if (number.startsWith("10") && callee.socket.isEmpty()) {
            return phone.user + " calls nobody";
        }
        Leg leg = new Leg(id, phone, true, seconds);
        leg.answered = number.equals("9196");
        legs.put(id, leg);
        if (number.startsWith("10")) {
            String rung = callee.received.stream().filter(text -> text.contains("\"verto.invite\"") && text.contains("\"params\"")).map(SurvivalWorld::callId).findFirst().orElseThrow();
            Leg other = new Leg(rung, callee, false, seconds);
            other.partner = id;
            leg.partner = rung;
            legs.put(rung, other);
        }
        return phone.user + " calls " + number;
    }

    private String pick(Phone phone, Predicate<Leg> wanted, Function<Leg, String> action) {
        List<Leg> found = legs.values().stream().filter(leg -> leg.phone == phone).filter(wanted).toList();
        return found.isEmpty() ? "nothing" : action.apply(found.get(random.nextInt(found.size())));
    }

    private String answer(Leg leg) {
        leg.phone.say("verto.answer", "\"sdp\":\"" + sdp(102) + "\",\"dialogParams\":{\"callID\":\"" + leg.id + "\"}");
        leg.answered = true;
        legs.get(leg.partner).answered = true;
        return leg.phone.user + " answers " + leg.id;
    }

    private String bye(Leg leg) {
        leg.phone.say("verto.bye", "\"dialogParams\":{\"callID\":\"" + leg.id + "\"}");
        end(leg);
        return leg.phone.user + " hangs up " + leg.id;
    }

    private String attach(Leg leg) {
        leg.phone.say("verto.attach", "\"sdp\":\"" + sdp(leg.placed ? 111 : 102) + "\",\"dialogParams\":{\"callID\":\"" + leg.id + "\"}");
        leg.lost = -1;
        return leg.phone.user + " takes up " + leg.id;
    }

    private String hold(Leg leg) {
        leg.phone.say("verto.modify", "\"action\":\"toggleHold\",\"dialogParams\":{\"callID\":\"" + leg.id + "\"}");
        return leg.phone.user + " toggles the hold of " + leg.id;
    }

    /// Whom the call talks with goes to the echo.
    private String transfer(Leg leg) {
        leg.phone.say("verto.modify", "\"action\":\"transfer\",\"destination\":\"9196\",\"dialogParams\":{\"callID\":\"" + leg.id + "\"}");
        legs.get(leg.partner).partner = "";
        legs.remove(leg.id);
        return leg.phone.user + " transfers whom " + leg.id + " talks with";
    }

    /// Whom two calls talk with are joined, unless they talk with each other.
    private String replace(Leg leg) {
        Optional<Leg> held = legs.values().stream()
                .filter(other -> other.phone == leg.phone && other != leg && other.answered && !other.partner.isEmpty())
                .findFirst();
        if (held.isEmpty()) {
            return "nothing";
        }
        leg.phone.say("verto.modify", "\"action\":\"replace\",\"replaceCallID\":\"" + held.get().id + "\",\"dialogParams\":{\"callID\":\"" + leg.id + "\"}");
        if (!held.get().partner.equals(leg.id)) {
            Leg one = legs.get(leg.partner);
            Leg two = legs.get(held.get().partner);
            one.partner = two.id;
            two.partner = one.id;
            legs.remove(leg.id);
            legs.remove(held.get().id);
        }
        return leg.phone.user + " joins whom " + leg.id + " and " + held.get().id + " talk with";
    }

    private String vanish(Phone phone) {
        phone.socket.ifPresent(TestClient::vanish);
        time.settle();
        lost(phone);
        return phone.user + " vanishes";
    }

    private void lost(Phone phone) {
        if (phone.socket.isEmpty()) {
            return;
        }
        phone.socket = Optional.empty();
        for (Leg leg : List.copyOf(legs.values())) {
            if (leg.phone == phone && !leg.answered) {
                end(leg);
            } else if (leg.phone == phone) {
                leg.lost = seconds;
            }
        }
    }

    private void end(Leg leg) {
        legs.remove(leg.id);
        legs.remove(leg.partner);
    }

    private void pass() {
        int steps = 1 + random.nextInt(4);
        for (int i = 0; i < steps; i++) {
            time.advance(Duration.ofSeconds(STEP_SECONDS));
            seconds += STEP_SECONDS;
            phones.stream().filter(phone -> phone.socket.isPresent()).forEach(phone -> phone.say("verto.ping", ""));
        }
        for (Leg leg : List.copyOf(legs.values())) {
            boolean givenUp = leg.lost >= 0 && seconds - leg.lost > WAIT_SECONDS;
            boolean rangLong = !leg.answered && !leg.partner.isEmpty() && seconds - leg.since > RING_SECONDS;
            if (givenUp || rangLong) {
                end(leg);
            }
        }
    }

    TreeSet<String> expected() {
        return new TreeSet<>(legs.keySet());
    }

    TreeSet<String> alive() {
        TreeSet<String> ids = new TreeSet<>();
        board.channels().rows().forEach(row -> ids.add(row.id().value()));
        return ids;
    }

    void everybodyLeaves() {
        phones.forEach(this::vanish);
        time.advance(Duration.ofSeconds(WAIT_SECONDS + 2 * STEP_SECONDS));
        seconds += WAIT_SECONDS + 2 * STEP_SECONDS;
        legs.clear();
    }

    /// @return channels and media that are still there
    int left() {
        return board.channels().rows().size() + media.open.get();
    }

    @Override
    public void close() {
        server.close();
        time.advance(Duration.ofSeconds(2));
    }

    private static String callId(String text) {
        Matcher found = CALL_ID.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    private static String sdp(int payloadType) {
        return ("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF " + payloadType
                + "\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:" + payloadType + " opus/48000/2\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n"
                + "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB\r\na=setup:active\r\na=rtcp-mux\r\na=sendrecv\r\n")
                .replace("\r\n", "\\r\\n");
    }
}
