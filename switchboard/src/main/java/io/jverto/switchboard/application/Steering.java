package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.CoreChannelEvents;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.CallPrograms;
import io.jverto.switchboard.port.CallPrograms.Address;
import io.jverto.switchboard.port.CallPrograms.Program;
import io.jverto.switchboard.port.CallPrograms.Wanted;
import io.jverto.switchboard.port.ChannelId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `socket`: a program outside steers the call. Where it listens is for the dialplan to say, or must be named by the configuration: no
/// caller makes the server connect anywhere. Thread-safe.
public final class Steering {
    private static final int DEFAULT_PORT = 8_084;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_ADDRESSES = 8;
    /// Programs that one call may have met on its way through `transfer` and still has.
    private static final int MAX_PROGRAMS = 8;
    private static final Logger log = LoggerFactory.getLogger(Steering.class);

    static final List<Application> ALL = List.of(
            Application.with("socket", Group.CALL, "<host>[:<port>][/<path>][|...] [async] [full]",
                    "gives the call to a program, which the server connects to (port 8084; each of several until one answers), "
                            + "as docs/eventsocket.md says. With `async` the program is answered before its "
                            + "orders are done, with `full` it may do more than steer this call. "
                            + "When it is gone the dialplan goes on, with `async` only if `socket_resume` is true; also when none can be reached. "
                            + "`park_timeout` is as with `park`. Sets `socket_host` and `socket_path`",
                    (channel, data, services) -> services.steering().socket(channel, data), Trait.STAYS));

    private final Map<ChannelId, List<Program>> met = new ConcurrentHashMap<>();
    private volatile CallPrograms programs = CallPrograms.NONE;
    private volatile Optional<DialplanScript> dialplan = Optional.empty();

    /// To be said once, before there are calls.
    public void programs(CallPrograms reached) {
        programs = reached;
    }

    /// To be said once, before there are calls.
    ///
    /// @param script runs what programs want
    public void dialplan(DialplanScript script) {
        dialplan = Optional.of(script);
    }

    /// The channel has ended.
    public void forget(ChannelId ended) {
        List<Program> gone = met.remove(ended);
        if (gone != null) {
            gone.forEach(Program::over);
        }
    }

    private Next socket(Channel channel, Text data) {
        List<Text> words = CallApplications.words(data);
        List<Text> places = words.isEmpty() ? List.of() : words.getFirst().split('|');
        List<Address> addresses = new ArrayList<>();
        for (Text place : places.subList(0, Math.min(places.size(), MAX_ADDRESSES))) {
            Optional<Address> address = address(channel, place);
            if (address.isEmpty()) {
                return Next.GO_ON;
            }
            addresses.add(address.get());
        }
        boolean full = words.size() > 1 && has(words, "full");
        List<Program> known = met.computeIfAbsent(channel.id(), id -> new ArrayList<>());
        if (addresses.isEmpty() || known.size() >= MAX_PROGRAMS) {
            log.warn("channel {}: socket: {}", channel.logId(), addresses.isEmpty() ? "it needs an address" : "the call has met too many programs");
            return Next.GO_ON;
        }
        return follow(channel, new Wanted(addresses, has(words, "async"), full), known);
    }

    private static boolean has(List<Text> words, String flag) {
        return words.stream().skip(1).anyMatch(word -> word.toString().equalsIgnoreCase(flag));
    }

    /// Reads an address and notes in variables what programs look for.
    private Optional<Address> address(Channel channel, Text place) {
        int slash = place.indexOf('/', 0);
        Text end = slash < 0 ? place : place.slice(0, slash);
        int colon = end.toString().lastIndexOf(':');
        String host = colon < 0 ? end.toString() : end.slice(0, colon).toString();
        String port = colon < 0 ? String.valueOf(DEFAULT_PORT) : end.toString().substring(colon + 1);
        if (!host.matches("[A-Za-z0-9._:\\[\\]-]{1,255}") || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MAX_PORT || Integer.parseInt(port) == 0) {
            log.warn("channel {}: socket: '{}' is no address; it is <host>:<port>", channel.logId(), LogText.of(end));
            return Optional.empty();
        }
        Address address = new Address(host, Integer.parseInt(port));
        boolean written = true;
        for (int at = 0; at < end.length(); at++) {
            written &= end.isSyntax(at);
        }
        // DEVIATION api-10
        if (!written && !programs.names(address)) {
            log.warn("channel {}: socket: {} does not stand in the dialplan but comes from elsewhere, and outbound-programs in event_socket.conf does not "
                    + "name it: nobody is connected to", channel.logId(), LogText.of(address));
            return Optional.empty();
        }
        channel.variables().set("socket_host", host);
        if (slash >= 0) {
            channel.variables().set("socket_path", place.slice(slash + 1));
        }
        return Optional.of(address);
    }

    private Next follow(Channel channel, Wanted wanted, List<Program> known) {
        SteeredChannel steered = new SteeredChannel(channel, dialplan.orElseThrow());
        try {
            known.add(programs.connect(wanted, steered));
            Optional<String> failure = steered.awaitProgram();
            if (failure.isPresent()) {
                log.error("channel {}: socket: no program at {}: {}; the dialplan goes on", channel.logId(), wanted.addresses(), failure.get());
                return Next.GO_ON;
            }
            return steer(channel, wanted, steered);
        } finally {
            steered.ends();
            if (steered.isLeft()) {
                known.removeLast();
            }
        }
    }

    private static Next steer(Channel channel, Wanted wanted, SteeredChannel steered) {
        if (!wanted.async()) {
            return steered.follow(false, Channel.FOREVER);
        }
        CoreChannelEvents.tell(channel, EventName.CHANNEL_PARK);
        ParkTimeout timeout = ParkTimeout.of(channel);
        Next next = steered.follow(true, timeout.deadline());
        timeout.endIfOver(channel);
        CoreChannelEvents.tell(channel, EventName.CHANNEL_UNPARK);
        return next;
    }
}
