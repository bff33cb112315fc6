package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.testkit.transcript.Stage;
import io.jverto.wire.jsonrpc.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/// A few people who come to rooms, go, hold, press keys, moderate, write, and lose their connections; beside it, a model of who is where.
final class RoomWorld {
    private static final int USERS = 4;
    private static final long WAIT_MILLIS = 120_000;
    /// Rows are pushed a quarter of a second apart.
    private static final long SHOWN_MILLIS = 300;
    /// The call of who is kicked lasts until it has heard `kicked-sound`.
    private static final long FAREWELL_MILLIS = 2_000;
    private static final String SDP = ("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\n"
            + "a=rtpmap:111 opus/48000/2\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\na=fingerprint:sha-256 " + "AB:".repeat(31)
            + "AB\r\na=setup:actpass\r\na=rtcp-mux\r\na=sendrecv\r\n").replace("\r\n", "\\r\\n");

    private final ReplayedServer server;
    private final VirtualTime time;
    private final List<Person> people = new ArrayList<>();
    /// Who is in a room, by call id.
    private final Map<String, Seat> seats = new TreeMap<>();
    private Random random = new Random(0);
    private long millis;
    private int calls;

    RoomWorld(ReplayedServer server, VirtualTime time) {
        this.server = server;
        this.time = time;
        for (int user = 0; user < USERS; user++) {
            people.add(new Person(String.valueOf(1000 + user)));
        }
    }

    /// A call in a room, in the model.
    private static final class Seat {
        final String id;
        final Person person;
        final String room;
        final boolean moderator;
        boolean muted;
        boolean held;
        /// When its client was lost, -1 while it has one.
        long lost = -1;

        Seat(String id, Person person, String room, boolean moderator) {
            this.id = id;
            this.person = person;
            this.room = room;
            this.moderator = moderator;
        }
    }

    /// A user with one session, and what its client knows of the rooms.
    private final class Person {
        final String user;
        Optional<Stage.Actor> socket = Optional.empty();
        Queue<String> received = new ConcurrentLinkedQueue<>();
        /// Its copy of each room's list, by the channel of the live array: muted and held, by call id.
        final Map<String, RoomCopy> copies = new TreeMap<>();
        final List<String> chat = new ArrayList<>();

        Person(String user) {
            this.user = user;
        }

        void login() {
            lost(this);
            Queue<String> fresh = new ConcurrentLinkedQueue<>();
            received = fresh;
            copies.clear();
            socket = Optional.of(server.connect(fresh::add, () -> { }));
            say("login", "\"login\":\"" + user + "@127.0.0.1\",\"passwd\":\"1234\",\"sessid\":\"S" + user + "\"");
            Set<String> offered = new TreeSet<>();
            Set<String> ready = new TreeSet<>();
            for (JsonObject message : read()) {
                if (is(message, "verto.attach")) {
                    offered.add(params(message).string("callID").orElseThrow());
                } else if (is(message, "verto.clientReady")) {
                    strings(params(message).get("reattached_sessions").orElseThrow()).forEach(ready::add);
                }
            }
            Set<String> mine = new TreeSet<>();
            seats.values().stream().filter(seat -> seat.person == this).forEach(seat -> mine.add(seat.id));
            assertThat(offered).isEqualTo(mine);
            assertThat(ready).isEqualTo(mine);
        }

        void say(String method, String params) {
            socket.orElseThrow().send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}");
            time.settle();
        }

        List<JsonObject> read() {
            List<JsonObject> messages = new ArrayList<>();
            for (String text = received.poll(); text != null; text = received.poll()) {
                messages.add(JsonText.parse(text).flatMap(JsonValue::asObject).orElseThrow());
            }
            return messages;
        }

        /// Does what clients do: begins to hear the rooms it is told of, and keeps its copies.
        ///
        /// @return whether there was anything
        boolean listen() {
            List<JsonObject> messages = read();
            messages.stream().filter(message -> is(message, "verto.event")).map(RoomWorld::params).forEach(this::onEvent);
            return !messages.isEmpty();
        }

        private void onEvent(JsonObject event) {
            Optional<JsonObject> own = event.object("pvtData");
            String channel = event.string("eventChannel").orElse("");
            if (own.isPresent()) {
                onPrivate(own.get());
            } else if (channel.startsWith("conference-liveArray.")) {
                copies.computeIfAbsent(channel, _ -> new RoomCopy()).onData(event.object("data").orElseThrow());
            } else if (channel.startsWith("conference-chat.")) {
                event.object("data").flatMap(data -> data.string("message")).ifPresent(chat::add);
            }
        }

        private void onPrivate(JsonObject own) {
            String array = own.string("laChannel").orElseThrow();
            String chatChannel = own.string("chatChannel").orElseThrow();
            if (own.string("action").orElseThrow().endsWith("-join")) {
                copies.computeIfAbsent(array, _ -> new RoomCopy());
                say("verto.subscribe", "\"eventChannel\":[\"" + array + "\",\"" + chatChannel + "\"]");
                say("verto.broadcast", "\"eventChannel\":\"" + array + "\",\"data\":{\"liveArray\":{\"command\":\"bootstrap\",\"context\":\"" + array
                        + "\",\"name\":\"" + own.string("laName").orElseThrow() + "\"}}");
            } else if (seats.values().stream().noneMatch(seat -> seat.person == this && seat.lost < 0 && array(seat.room).equals(array))) {
                copies.remove(array);
                say("verto.unsubscribe", "\"eventChannel\":[\"" + array + "\",\"" + chatChannel + "\"]");
            }
        }
    }

    /// One client's copy of a live array, as strict as the strictest client (verto-wire.md section 9.4.5).
    private static final class RoomCopy {
        final Map<String, String> rows = new TreeMap<>();
        final Map<String, String> ids = new TreeMap<>();
        private long serial = -1;

        void onData(JsonObject data) {
            long number = number(data, "wireSerno");
            if (number > 0) {
                assertThat(serial < 0 || number == serial + 1).as("serial %d behind %d", number, serial).isTrue();
                serial = number;
            }
            switch (data.string("action").orElseThrow()) {
                case "bootObj" -> {
                    rows.clear();
                    items(data.get("data").orElseThrow()).forEach(row -> put(items(row).getFirst().asString().orElseThrow(), items(row).get(1)));
                }
                case "add", "modify" -> put(data.string("hashKey").orElseThrow(), data.get("data").orElseThrow());
                case "del" -> rows.remove(data.string("hashKey").orElseThrow());
                case "clear" -> {
                    rows.clear();
                    serial = -1;
                }
                default -> throw new AssertionError(data.toString());
            }
        }

        private void put(String key, JsonValue row) {
            JsonObject status = JsonText.parse(items(row).get(4).asString().orElseThrow()).flatMap(JsonValue::asObject).orElseThrow();
            JsonObject audio = status.object("audio").orElseThrow();
            ids.put(key, "\"" + items(row).getFirst().asString().orElseThrow() + "\"");
            rows.put(key, shown(audio.is("muted", JsonValue.JsonLiteral.TRUE), audio.is("onHold", JsonValue.JsonLiteral.TRUE)));
        }
    }

    /// Begins anew with other chances; nobody is there.
    void begin(Random chances) {
        random = chances;
    }

    /// Somebody does something, or time passes.
    ///
    /// @return what
    String step() {
        String did = act();
        pass(SHOWN_MILLIS);
        everybodyListens();
        return did;
    }

    private String act() {
        Person person = people.get(random.nextInt(USERS));
        if (random.nextInt(8) == 0) {
            return passLong();
        }
        if (person.socket.isEmpty() || random.nextInt(10) == 0) {
            person.login();
            return person.user + " logs in";
        }
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> join(person, "300" + random.nextInt(2), false);
            case 3 -> join(person, "300" + random.nextInt(2), true);
            case 4 -> pick(person, seat -> true, this::leave);
            case 5, 6, 7 -> pick(person, seat -> seat.lost >= 0, this::attach);
            case 8 -> pick(person, seat -> seat.lost < 0, random.nextBoolean() ? this::hold : this::pressMute);
            case 9 -> pick(person, seat -> seat.lost < 0 && seat.moderator, this::moderate);
            case 10 -> pick(person, seat -> seat.lost < 0, this::write);
            default -> vanish(person);
        };
    }

    private String join(Person person, String room, boolean moderator) {
        String id = "call-" + ++calls;
        person.say("verto.invite", "\"sdp\":\"" + SDP + "\"," + dialog(id, ",\"destination_number\":\"" + (moderator ? "31" + room.substring(2) : room) + "\""));
        seats.put(id, new Seat(id, person, room, moderator));
        return person.user + " joins " + room + (moderator ? " as moderator" : "");
    }

    private String leave(Seat seat) {
        seat.person.say("verto.bye", dialog(seat.id, ""));
        seats.remove(seat.id);
        return seat.person.user + " leaves with " + seat.id;
    }

    private String attach(Seat seat) {
        seat.person.say("verto.attach", "\"sdp\":\"" + SDP.replace("actpass", "active") + "\"," + dialog(seat.id, ""));
        seat.lost = -1;
        seat.held = false; // a page that was loaded anew shows a call that talks
        return seat.person.user + " takes up " + seat.id;
    }

    private String hold(Seat seat) {
        seat.person.say("verto.modify", "\"action\":\"toggleHold\"," + dialog(seat.id, ""));
        seat.held = !seat.held;
        return seat.person.user + " toggles the hold of " + seat.id;
    }

    private String pressMute(Seat seat) {
        seat.person.say("verto.info", "\"dtmf\":\"0\"," + dialog(seat.id, ""));
        seat.muted = !seat.muted;
        return seat.person.user + " presses 0 in " + seat.id;
    }

    private String moderate(Seat seat) {
        List<Seat> others = seats.values().stream().filter(other -> other.room.equals(seat.room)).toList();
        Seat other = others.get(random.nextInt(others.size()));
        boolean kick = random.nextInt(3) == 0;
        String member = memberId(seat, other);
        seat.person.say("verto.broadcast", "\"eventChannel\":\"" + channel("mod", seat.room) + "\",\"data\":{\"application\":\"conf-control\",\"command\":\""
                + (kick ? "kick" : "tmute") + "\",\"id\":" + member + ",\"value\":null}");
        other.muted ^= !kick;
        if (kick) {
            seats.remove(other.id);
            pass(FAREWELL_MILLIS);
        }
        return seat.person.user + (kick ? " kicks " : " mutes or unmutes ") + other.id;
    }

    /// The others' ids are in the list that the moderator has.
    private String memberId(Seat moderator, Seat member) {
        return moderator.person.copies.get(array(moderator.room)).ids.get(member.id);
    }

    private String write(Seat seat) {
        people.forEach(person -> person.chat.clear());
        seat.person.say("verto.broadcast", "\"eventChannel\":\"" + channel("chat", seat.room) + "\",\"data\":{\"action\":\"send\",\"message\":\"" + seat.id + "\"}");
        everybodyListens();
        for (Person person : people) {
            boolean hears = seats.values().stream().anyMatch(other -> other.person == person && other.lost < 0 && other.room.equals(seat.room));
            assertThat(person.chat).as(person.user).isEqualTo(hears ? List.of(seat.id) : List.of());
        }
        return seat.person.user + " writes";
    }

    private String vanish(Person person) {
        person.socket.ifPresent(Stage.Actor::vanish);
        time.settle();
        lost(person);
        return person.user + " vanishes";
    }

    private void lost(Person person) {
        if (person.socket.isPresent()) {
            person.socket = Optional.empty();
            person.copies.clear();
            seats.values().stream().filter(seat -> seat.person == person).forEach(seat -> seat.lost = millis);
        }
    }

    private String pick(Person person, Predicate<Seat> wanted, Function<Seat, String> action) {
        List<Seat> found = seats.values().stream().filter(seat -> seat.person == person).filter(wanted).toList();
        return found.isEmpty() ? "nothing" : action.apply(found.get(random.nextInt(found.size())));
    }

    private String passLong() {
        int steps = 1 + random.nextInt(8);
        for (int i = 0; i < steps; i++) {
            pass(7_000);
            people.stream().filter(person -> person.socket.isPresent()).forEach(person -> person.say("verto.ping", ""));
        }
        return steps * 7 + " s pass";
    }

    /// Never ends a step at the moment in which a call is given up.
    private void pass(long wanted) {
        boolean close = seats.values().stream()
                .anyMatch(seat -> seat.lost >= 0 && Math.abs(millis + wanted - seat.lost - WAIT_MILLIS) < 2_500);
        long passed = close ? wanted + 5_000 : wanted;
        time.advance(Duration.ofMillis(passed));
        millis += passed;
        seats.values().removeIf(seat -> seat.lost >= 0 && millis - seat.lost > WAIT_MILLIS);
    }

    private void everybodyListens() {
        boolean heard = true;
        while (heard) {
            time.settle();
            heard = false;
            for (Person person : people) {
                heard |= person.socket.isPresent() && person.listen();
            }
        }
    }

    /// @return what each client that has a room must know of it
    Map<String, Map<String, String>> expected() {
        Map<String, Map<String, String>> lists = new TreeMap<>();
        for (Seat seat : seats.values()) {
            if (seat.lost < 0) {
                Map<String, String> list = lists.computeIfAbsent(seat.person.user + " of " + array(seat.room), _ -> new TreeMap<>());
                seats.values().stream().filter(other -> other.room.equals(seat.room)).forEach(other -> list.put(other.id, shown(other.muted, other.held)));
            }
        }
        return lists;
    }

    /// @return what they know
    Map<String, Map<String, String>> seen() {
        Map<String, Map<String, String>> lists = new TreeMap<>();
        people.forEach(person -> person.copies.forEach((array, copy) -> lists.put(person.user + " of " + array, copy.rows)));
        return lists;
    }

    void everybodyLeaves() {
        people.forEach(this::vanish);
        pass(WAIT_MILLIS + 5_000);
    }

    /// @return calls that are still there
    List<String> left() {
        return server.calls();
    }

    private static String shown(boolean muted, boolean held) {
        return (muted ? "muted" : "speaks") + (held ? " held" : "");
    }

    private static String array(String room) {
        return channel("liveArray", room);
    }

    private static String channel(String kind, String room) {
        return "conference-" + kind + "." + room + "@127.0.0.1";
    }

    private static String dialog(String id, String more) {
        return "\"dialogParams\":{\"callID\":\"" + id + "\"" + more + "}";
    }

    private static boolean is(JsonObject message, String method) {
        return message.string("method").filter(method::equals).isPresent();
    }

    private static JsonObject params(JsonObject message) {
        return message.object("params").orElseThrow();
    }

    private static long number(JsonObject object, String key) {
        return object.get(key).orElseThrow() instanceof JsonNumber number ? Long.parseLong(number.digits()) : 0;
    }

    private static List<JsonValue> items(JsonValue array) {
        return array instanceof JsonArray list ? list.items() : List.of();
    }

    private static List<String> strings(JsonValue array) {
        return items(array).stream().flatMap(item -> item.asString().stream()).toList();
    }
}
