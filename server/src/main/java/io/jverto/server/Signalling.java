package io.jverto.server;

import io.jverto.base.count.Counters;
import io.jverto.base.id.Tokens;
import io.jverto.base.time.TimeSource;
import io.jverto.conference.Conferences;
import io.jverto.conference.RoomSpeech;
import io.jverto.conference.RoomWorld;
import io.jverto.media.plan.Sound;
import io.jverto.server.config.Modules;
import io.jverto.server.log.LogCommands;
import io.jverto.server.page.RecordingPages;
import io.jverto.server.program.DialplanShell;
import io.jverto.server.speech.RecognitionPrograms;
import io.jverto.server.speech.SpeechPrograms;
import io.jverto.server.users.TokenDesk;
import io.jverto.server.users.TokenPage;
import io.jverto.sip.call.SipCallCounter;
import io.jverto.sip.call.SipCalls;
import io.jverto.sip.call.SofiaEndpoint;
import io.jverto.sip.profile.SipCounts;
import io.jverto.sip.profile.SipProfiles;
import io.jverto.sip.profile.SipWorld;
import io.jverto.switchboard.Switchboard;
import io.jverto.switchboard.bridge.Endpoints;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Presence;
import io.jverto.switchboard.command.CaptureCommands;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.command.HelpCommands;
import io.jverto.switchboard.command.MediaCommand;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.message.MessageRoutes;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.CallRecords;
import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.port.LocalPrograms;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.port.MessageStore;
import io.jverto.switchboard.port.RoomRecords;
import io.jverto.switchboard.port.SharedData;
import io.jverto.switchboard.port.Synthesis;
import io.jverto.switchboard.port.VoicemailStore;
import io.jverto.switchboard.voicemail.Mailboxes;
import io.jverto.switchboard.voicemail.MessageWaiting;
import io.jverto.switchboard.voicemail.Voicemail;
import io.jverto.switchboard.voicemail.VoicemailCommands;
import io.jverto.verto.VertoServer;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.login.AccessTokens;
import io.jverto.verto.message.Messages;
import io.jverto.verto.store.StoreCommand;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What signalling is made of: the switch, its edges without media, and the commands of all of them. Nothing of it listens yet.
///
/// @param counters of all of them
/// @param advertise tells clients of the rooms that the configuration makes known
/// @param shell to be closed at the end
record Signalling(
        Switchboard switchboard, VertoServer verto, SipProfiles sip, Commands commands, CoreEvents core, Endpoints endpoints, CounterBoard counters,
        Runnable advertise, TokenDesk tokens, AutoCloseable shell) {
    private static final Logger log = LoggerFactory.getLogger(Signalling.class);

    /// What signalling has from outside. Time, media, stores and randomness are given: a replay has its own.
    ///
    /// @param network by which SIP reaches other machines; empty for that of this machine
    record World(
            LiveConfiguration live, MediaService media, Stores stores, AccessTokens tokens, TimeSource time, RandomGenerator random, PageHandler page,
            Optional<SipWorld.Network> network) {
        /// With a key of its own for tokens, on this machine's network.
        World(LiveConfiguration live, MediaService media, Stores stores, TimeSource time, RandomGenerator random, PageHandler page) {
            this(live, media, stores, new AccessTokens(key(random), time), time, random, page, Optional.empty());
        }

        World with(Optional<SipWorld.Network> other) {
            return new World(live, media, stores, tokens, time, random, page, other);
        }

        private static byte[] key(RandomGenerator random) {
            byte[] key = new byte[AccessTokens.KEY];
            random.nextBytes(key);
            return key;
        }
    }

    /// What signalling gives away to be kept.
    record Stores(MessageStore messages, CallRecords records, RoomRecords rooms, SharedData shared, VoicemailStore voicemail) {
        /// Nothing of calls, rooms and voicemail.
        Stores(MessageStore messages, SharedData shared) {
            this(messages, CallRecords.NONE, RoomRecords.NONE, shared, VoicemailStore.NONE);
        }
    }

    /// Joins the parts, and opens nothing.
    static Signalling join(World world) {
        return new Assembly(world).join();
    }

    /// The parts while they are joined: made in the order of need.
    private static final class Assembly {
        private final World world;
        private final LiveConfiguration live;
        private final TimeSource time;
        private final RandomGenerator random;
        private final Supplier<Routing> routing;
        private final Commands commands = new Commands();
        private final EventChannels events = new EventChannels();
        private final Endpoints endpoints = new Endpoints();
        private final MessageRoutes routes = new MessageRoutes();
        private final Counters<SwitchCounter> counters = new Counters<>(SwitchCounter.class);
        private final Counters<SipCallCounter> legCounters = new Counters<>(SipCallCounter.class);
        private final CoreEvents core;
        private final RecordingPages recordings;
        private final TokenDesk desk;
        private final TokenPage tokenPage;
        private final DialplanShell shell;
        private final Synthesis synthesis;
        private final Conferences conferences;
        private final MessageWaiting waiting;
        private final Mailboxes mailboxes;
        private final Switchboard switchboard;
        private final VertoServer verto;
        private final SipProfiles sip;

        Assembly(World world) {
            this.world = world;
            this.live = world.live();
            this.time = world.time();
            this.random = world.random();
            this.routing = () -> live.current().routing();
            this.core = new CoreEvents(time, new CoreEvents.Origin(Tokens.uuid(random), routing.get().globals().getOrDefault("hostname", "")));
            this.recordings = new RecordingPages(world.page(),
                    () -> Optional.ofNullable(routing.get().globals().get("recordings_dir")).filter(folder -> !folder.isEmpty()).map(Path::of), time, random);
            this.desk = new TokenDesk(() -> routing.get().directory(), world.tokens());
            this.tokenPage = new TokenPage(recordings, desk, () -> live.current().tokenDesk(), time);
            this.shell = new DialplanShell(() -> live.current().limits().shell(), () -> cache().resolve("shell"), time);
            this.synthesis = new SpeechPrograms(() -> live.current().dialogues().speech(), () -> cache().resolve("speech"), time);
            this.conferences = conferences();
            this.waiting = new MessageWaiting(events, core);
            this.mailboxes = new Mailboxes(world.stores().voicemail(), () -> storage().resolve("voicemail"), random, waiting);
            this.switchboard = switchboard();
            this.verto = verto();
            this.sip = sip();
        }

        private Conferences conferences() {
            RoomSpeech speech = new RoomSpeech(() -> live.current().dialogues().phrases(), spoken(synthesis), () -> time.wallTime().atZone(ZoneId.systemDefault()));
            return new Conferences(time, world.media(), () -> live.current().conferences(), events,
                    new RoomWorld(routing, commands, core, random, speech, world.stores().rooms(), recordings));
        }

        private Switchboard switchboard() {
            Configuration configuration = live.current();
            LocalPrograms programs = new LocalPrograms(synthesis, shell,
                    new RecognitionPrograms(() -> live.current().dialogues().speech(), () -> cache().resolve("speech"), time));
            return new Switchboard(
                    new ChannelServices(time, world.media(), random, routing, commands, new Presence(events, configuration.verto().presence(), core), counters,
                            world.stores().records(), () -> live.current().dialogues().phrases(), programs),
                    endpoints,
                    conferences,
                    world.stores().shared(),
                    configuration.limits().maxSessions(),
                    () -> live.current().dialogues().menus(),
                    new Voicemail(() -> live.current().dialogues().voicemail(), mailboxes));
        }

        private VertoServer verto() {
            routes.add(conferences.messages());
            VertoServer made = new VertoServer(
                    live.current().verto(),
                    new VertoServer.Environment(
                            switchboard, events, commands, () -> routing.get().directory(), time, random, tokenPage,
                            new Messages.Place(routes, world.stores().messages()), core));
            made.accept(world.tokens());
            endpoints.add(made.endpoint());
            return made;
        }

        private SipProfiles sip() {
            SipCalls calls = new SipCalls(switchboard, switchboard, time, random, legCounters);
            SipEdge.Messages messages = new SipEdge.Messages(routes, verto.messages(), waiting::of,
                    user -> verto.endpoint().reach(user.toString()) instanceof Endpoint.Reach.Reachable);
            SipProfiles made = SipEdge.of(live, time, random, core, messages, calls, world.network());
            endpoints.add(new SofiaEndpoint(calls, made));
            return made;
        }

        Signalling join() {
            switchboard.fifoMembers().configure(live.current().dialogues().members());
            live.onReload(() -> {
                switchboard.fifoMembers().configure(live.current().dialogues().members());
                core.publish(EventName.RELOADXML, Map::of);
                conferences.advertise();
            });
            CounterBoard board = counterBoard();
            addCommands();
            commands.add(board);
            return new Signalling(switchboard, verto, sip, commands, core, endpoints, board, conferences::advertise, desk, shell);
        }

        private void addCommands() {
            verto.commands().forEach(commands::add);
            commands.add(conferences.api());
            commands.add(new MediaCommand(world.media()::tickTimes));
            CaptureCommands.of(world.media().captures(), () -> storage().resolve("captures"), time).forEach(commands::add);
            commands.add(live);
            commands.add(ApiCommand.of("module_exists", module -> String.valueOf(Modules.isBuiltIn(module.strip()))));
            VoicemailCommands.of(mailboxes).forEach(commands::add);
            LogCommands.all(commands.find("fsctl").orElseThrow()).forEach(commands::add);
            HelpCommands.of(commands, switchboard.channels()).forEach(commands::add);
            commands.add(JsonLine.of(commands));
            commands.add(ApiCommand.of("reloadacl", live::run));
            SipEdge.commands(commands, sip, () -> live.run(""));
            commands.add(new StoreCommand(storage(), switchboard));
            commands.add(desk.command());
        }

        private CounterBoard counterBoard() {
            CounterBoard board = new CounterBoard();
            SipCounts ofSip = sip.counts();
            board.add("switch", counters);
            board.add("events", events.counters());
            board.add("verto", verto.counters());
            board.add("conference", conferences.counters());
            board.add("sip.legs", legCounters);
            board.add("sip.calls", ofSip.calls());
            board.add("sip.transactions", ofSip.transactions());
            board.add("sip.transport", ofSip.transport());
            board.add("sip.gateways", ofSip.gateways());
            board.add("sip.registrar", ofSip.registrar());
            board.add("tokens", tokenPage.counters());
            return board;
        }

        private Path cache() {
            return Path.of(routing.get().globals().getOrDefault("cache_dir", "cache"));
        }

        private Path storage() {
            return Path.of(routing.get().globals().getOrDefault("storage_dir", "storage"));
        }
    }

    private static RoomSpeech.Synthesizer spoken(Synthesis synthesis) {
        return (text, engine, voice) -> switch (synthesis.speak(new Synthesis.Wanted(engine, voice, text))) {
            case Synthesis.Result.Made(Path file) -> Optional.of(new Sound.File(file, 0));
            case Synthesis.Result.Refused(String why) -> {
                log.warn("a room does not say {}: {}", LogText.of(text), why);
                yield Optional.empty();
            }
        };
    }
}
