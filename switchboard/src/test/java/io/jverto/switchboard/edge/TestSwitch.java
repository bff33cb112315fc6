package io.jverto.switchboard.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigProblem;
import io.jverto.base.count.Counters;
import io.jverto.base.net.NetworkList;
import io.jverto.base.net.NetworkLists;
import io.jverto.switchboard.Switchboard;
import io.jverto.switchboard.bridge.Endpoints;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.Presence;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.dialplan.Dialplan;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.dialplan.Stations;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.event.FsEvents;
import io.jverto.switchboard.menu.Menus;
import io.jverto.switchboard.port.CallControl.Admission;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef;
import io.jverto.switchboard.port.ConferenceService;
import io.jverto.switchboard.port.IncomingCall;
import io.jverto.switchboard.port.LocalPrograms;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.Synthesis;
import io.jverto.switchboard.shared.PassingData;
import io.jverto.switchboard.speech.Phrases;
import io.jverto.switchboard.voicemail.Mailboxes;
import io.jverto.switchboard.voicemail.MessageWaiting;
import io.jverto.switchboard.voicemail.Voicemail;
import io.jverto.switchboard.voicemail.VoicemailCommands;
import io.jverto.switchboard.voicemail.VoicemailProfiles;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.wire.sdp.SdpText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// A whole switch in virtual time between edges in memory.
public final class TestSwitch {
    /// Of every client.
    public static final MediaRules RULES = MediaRules.DEFAULT.withJitter(40, 200);

    /// Of those who call.
    public String codecs = "opus,pcmu,pcma";
    public final VirtualTime time = new VirtualTime();
    public final TestMedia media = new TestMedia();
    public final Counters<SwitchCounter> counters = new Counters<>(SwitchCounter.class);
    public final Endpoints endpoints = new Endpoints();
    public final Commands commands = new Commands();
    public final EventChannels events = new EventChannels();
    public final CoreEvents core = new CoreEvents(time);
    public final List<ConfigProblem> problems = new ArrayList<>();
    public final TestPhones phones = new TestPhones(time);
    /// Of channels that have ended, in that order.
    public final List<CallRecord> records = new CopyOnWriteArrayList<>();
    public final Switchboard board;
    private volatile Routing routing = Routing.EMPTY;
    private volatile Phrases phrases = Phrases.NONE;
    private volatile Menus menus = Menus.NONE;
    private volatile VoicemailProfiles voicemail = VoicemailProfiles.NONE;
    public volatile Synthesis synthesis = Synthesis.NONE;
    public final TestRecognition recognition = new TestRecognition();
    public final TestShell shell = new TestShell();
    private volatile Path storage = Path.of("nowhere");
    public final MemoryVoicemail voiceMessages = new MemoryVoicemail();

    public TestSwitch(int maxChannels, ConferenceService conferences) {
        endpoints.add(phones);
        Mailboxes mailboxes = new Mailboxes(voiceMessages, () -> storage, new Random(2), new MessageWaiting(events, core));
        board = new Switchboard(
                new ChannelServices(time, media, new Random(1), () -> routing, commands, presence(), counters, records::add, () -> phrases,
                        new LocalPrograms(wanted -> synthesis.speak(wanted), shell, recognition)),
                endpoints, conferences, new PassingData(), maxChannels, () -> menus, new Voicemail(() -> voicemail, mailboxes));
        VoicemailCommands.of(mailboxes).forEach(commands::add);
    }

    public TestSwitch() {
        this(1_000, request -> new ConferenceService.Join.Refused(Cause.CHAN_NOT_IMPLEMENTED, "no rooms here"));
    }

    private Presence presence() {
        FsEvents.bridge(core, events, time);
        return new Presence(events, true, core);
    }

    /// @param extensions the content of context `default`
    public TestSwitch dialplan(String extensions) {
        Dialplan dialplan = Dialplan.read(Config.xml("<section><context name=\"default\">" + extensions + "</context></section>"), problems::add);
        routing = new Routing(routing.directory(), dialplan, routing.globals(), Map.of(), routing.stations(), routing.files(), routing.networks());
        return this;
    }

    /// @param contexts all `<context>`s
    public TestSwitch contexts(String contexts) {
        Dialplan dialplan = Dialplan.read(Config.xml("<section>" + contexts + "</section>"), problems::add);
        routing = new Routing(routing.directory(), dialplan, routing.globals(), Map.of(), routing.stations(), routing.files(), routing.networks());
        return this;
    }

    /// @param lists of `acl.conf`
    public TestSwitch networks(NetworkList... lists) {
        routing = new Routing(routing.directory(), routing.dialplan(), routing.globals(), Map.of(), routing.stations(), routing.files(),
                new NetworkLists(List.of(lists)));
        return this;
    }

    /// A listener to the switch's own events, in the order in which they came: name, and what is asked of each.
    public List<String> watch(String... headers) {
        List<String> seen = new CopyOnWriteArrayList<>();
        core.listen(new CoreEvents.Listener() {
            @Override
            public boolean wants(EventName name, String subclass) {
                return true;
            }

            @Override
            public void onEvent(CoreEvent event) {
                List<String> line = new ArrayList<>(List.of(event.name().name()));
                line.addAll(event.subclass().isEmpty() ? List.of() : List.of(event.subclass()));
                Arrays.stream(headers).flatMap(header -> event.header(header).stream()).forEach(line::add);
                seen.add(String.join(" ", line));
            }
        });
        return seen;
    }

    /// @return a channel's variable, while it is up
    public String variable(TestClient client, String name) {
        return board.get(client.channel.id(), name).orElse("");
    }

    /// One extension for every number, with these actions: `application data`.
    public TestSwitch actions(String... actions) {
        StringBuilder xml = new StringBuilder("<extension name=\"all\"><condition field=\"destination_number\" expression=\"^(.*)$\">");
        for (String action : actions) {
            String[] parts = action.split(" ", 2);
            xml.append("<action application=\"").append(parts[0]).append("\">")
                    .append(parts.length > 1 ? parts[1].replace("&", "&amp;").replace("<", "&lt;") : "")
                    .append("</action>");
        }
        return dialplan(xml + "</condition></extension>");
    }

    /// @param languages the content of the languages section
    public TestSwitch phrases(String languages) {
        phrases = Phrases.read(Config.xml("<section>" + languages + "</section>"), problems::add);
        return this;
    }

    /// @param params the content of the profile `default`
    /// @param folder of the mailboxes
    public TestSwitch voicemail(String params, Path folder) {
        voicemail = VoicemailProfiles.read(
                Config.xml("<configuration><profiles><profile name=\"default\">" + params + "</profile></profiles></configuration>"), problems::add);
        storage = folder;
        return this;
    }

    /// @param all the content of `<menus>`
    public TestSwitch menus(String all) {
        menus = Menus.read(Config.xml("<configuration><menus>" + all + "</menus></configuration>"), problems::add);
        return this;
    }

    /// @param prompts the folder of the server's own prompts
    public TestSwitch prompts(Path prompts) {
        Map<String, String> globals = new HashMap<>(routing.globals());
        globals.put("prompts_dir", prompts.toString());
        routing = new Routing(routing.directory(), routing.dialplan(), globals, routing.stations());
        return this;
    }

    /// @param stations the content of `local_stream.conf`
    public TestSwitch folders(Path sounds, Path recordings, String stations) {
        Stations read = Stations.read(Config.xml("<configuration>" + stations + "</configuration>"), sounds, problems::add);
        Map<String, String> globals = Map.of("sounds_dir", sounds.toString(), "recordings_dir", recordings.toString());
        routing = new Routing(routing.directory(), routing.dialplan(), globals, read);
        return this;
    }

    /// @param users the content of the domain's `<users>`; by the domain's dial string they are reached at all their sessions
    public TestSwitch directory(String users) {
        return domain("<users>" + users + "</users>");
    }

    /// @param content of the domain, beside its dial string
    public TestSwitch domain(String content) {
        String xml = "<section><domain name=\"example.org\"><params><param name=\"dial-string\""
                + " value=\"${verto_contact(${dialed_user}@${dialed_domain})}\"/></params>" + content + "</domain></section>";
        routing = new Routing(Directory.read(Config.xml(xml), problems::add), routing.dialplan(), Map.of("domain", "example.org"));
        return this;
    }

    public TestClient call(String id, String destination) {
        return call(id, destination, TestSdp.OPUS, Map.of());
    }

    public TestClient call(String id, String destination, SdpText offer, Map<String, String> variables) {
        Admitted admitted = admit(id, destination, offer, variables);
        admitted.client().channel.start();
        time.settle();
        return admitted.client();
    }

    public record Admitted(TestClient client) {}

    public Admitted admit(String id, String destination, SdpText offer, Map<String, String> variables) {
        Relay relay = new Relay();
        return admit(incoming(id, destination, offer, variables, relay), relay);
    }

    /// @return whether a call was let in; it is over then
    public boolean admits(String id, String destination) {
        Relay relay = new Relay();
        if (!(board.admit(incoming(id, destination, TestSdp.OPUS, Map.of(), relay)) instanceof Admission.Admitted admitted)) {
            return false;
        }
        relay.client = new TestClient(admitted.channel(), time);
        admitted.channel().start();
        admitted.channel().hangup(Cause.NORMAL_CLEARING, true);
        time.settle();
        return true;
    }

    /// The client of a call that goes on after another switch.
    ///
    /// @param relay the call's signal
    public TestClient client(ChannelRef channel, Relay relay) {
        TestClient client = new TestClient(channel, time);
        relay.client = client;
        return client;
    }

    /// @param relay the call's signal
    public Admitted admit(IncomingCall call, Relay relay) {
        Admission admission = board.admit(call);
        TestClient client = new TestClient(((Admission.Admitted) admission).channel(), time);
        relay.client = client;
        return new Admitted(client);
    }

    public IncomingCall incoming(String id, String destination, SdpText offer, Map<String, String> variables, Relay relay) {
        CallerProfile caller = new CallerProfile("Tester 1000", "1000", "", "", destination, "default", "XML", "1000", "1000", "", "",
                "192.0.2.9", "mod_verto", "verto.rtc/" + destination);
        return new IncomingCall(new ChannelId(id), caller, variables, offer, codecs, RULES, relay);
    }

    public void advance(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    /// What a command answers, once all that it causes has come to rest.
    public String run(String line) {
        String reply = commands.run(line);
        time.settle();
        return reply;
    }

    /// A call to a number with these actions, which then waits.
    public TestClient parked(String id, String number, String... actions) {
        actions(Stream.concat(Arrays.stream(actions), Stream.of("answer", "park")).toArray(String[]::new));
        return call(id, number);
    }

    /// Ends all calls, as after a test; then there is none.
    public void endsEmpty() {
        board.hangupAll(Cause.SYSTEM_SHUTDOWN);
        time.settle();
        assertThat(board.channels().rows()).isEmpty();
    }
}
