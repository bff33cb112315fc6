package io.jverto.server;

import io.jverto.base.Program;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.config.ConfigProblem.Severity;
import io.jverto.base.count.Counters;
import io.jverto.base.id.Tokens;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.SystemTime;
import io.jverto.base.time.TimeSource;
import io.jverto.conference.Conferences;
import io.jverto.conference.RoomSpeech;
import io.jverto.conference.RoomWorld;
import io.jverto.media.plan.Sound;
import io.jverto.medialoop.MediaConfig;
import io.jverto.medialoop.MediaCounters;
import io.jverto.medialoop.MediaEngine;
import io.jverto.server.certificate.AcmeClient;
import io.jverto.server.certificate.CertificateKeeper;
import io.jverto.server.certificate.CertificateStore;
import io.jverto.server.config.Modules;
import io.jverto.server.config.UserNetworks;
import io.jverto.server.doctor.Examination;
import io.jverto.server.eventsocket.EventSocket;
import io.jverto.server.eventsocket.EventSocketConfig;
import io.jverto.server.eventsocket.Programs;
import io.jverto.server.log.LogCommands;
import io.jverto.server.log.LogStream;
import io.jverto.server.metrics.DiskWatch;
import io.jverto.server.metrics.Metrics;
import io.jverto.server.metrics.MetricsConfig;
import io.jverto.server.metrics.SelfCalls;
import io.jverto.server.page.CaPage;
import io.jverto.server.page.ChallengePages;
import io.jverto.server.page.PageConfig;
import io.jverto.server.page.PageFiles;
import io.jverto.server.page.RecordingPages;
import io.jverto.server.program.DialplanShell;
import io.jverto.server.records.Recorder;
import io.jverto.server.records.RoomFiles;
import io.jverto.server.restart.CallKeeper;
import io.jverto.server.speech.RecognitionPrograms;
import io.jverto.server.speech.SpeechPrograms;
import io.jverto.server.startup.CannotStart;
import io.jverto.server.startup.DataFolder;
import io.jverto.server.startup.LocalNames;
import io.jverto.server.store.Database;
import io.jverto.server.store.DatabaseLocation;
import io.jverto.server.store.StoredData;
import io.jverto.server.store.StoredMessages;
import io.jverto.server.store.StoredRecords;
import io.jverto.server.store.StoredUsers;
import io.jverto.server.store.StoredVoicemail;
import io.jverto.server.users.NetworkWatch;
import io.jverto.server.users.TokenDesk;
import io.jverto.server.users.TokenPage;
import io.jverto.server.users.UserAdmin;
import io.jverto.server.users.UserSocket;
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
import io.jverto.switchboard.command.LiveChannels;
import io.jverto.switchboard.command.MediaCommand;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.directory.DirectorySource;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.message.MessageRoutes;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.CallRecords;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
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
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.profile.VertoProfile.Bind;
import io.jverto.verto.store.StoreCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that runs. Made in the order of need, ended in the opposite one.
final class RunningServer {
    private static final Logger log = LoggerFactory.getLogger(RunningServer.class);
    /// Time that clients get to take in that their calls are over.
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Greeting greeting;
    private final TimeSource time;
    private final MediaEngine media;
    private final Switchboard switchboard;
    private final VertoServer verto;
    private final SipProfiles sip;
    private final CoreEvents core;
    private final Commands commands;
    private final Kept kept;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Shutdown shutdown;
    private final Duration patience;
    private final List<AutoCloseable> opened = new ArrayList<>();

    private RunningServer(Greeting greeting, TimeSource time, MediaEngine media, Parts parts, Kept kept, Duration patience) {
        this.greeting = greeting;
        this.time = time;
        this.media = media;
        this.switchboard = parts.switchboard();
        this.verto = parts.verto();
        this.sip = parts.sip();
        this.core = parts.core();
        this.commands = parts.commands();
        this.kept = kept;
        this.shutdown = new Shutdown(switchboard.channels(), time, asked::countDown);
        this.patience = patience;
    }

    /// @throws CannotStart when something that can be mended stands in the way; nothing runs then
    static RunningServer start(Options options) {
        TimeSource time = new SystemTime();
        SecureRandom random = new SecureRandom();
        LocalNames names = LocalNames.find();
        DataFolder data = DataFolder.open(options.data(), random, time.wallTime());
        AutoCloseable lock = data.lock();
        try {
            return start(options, time, random, names, data, lock);
        } catch (RuntimeException failed) {
            close(lock);
            throw failed;
        }
    }

    private static RunningServer start(Options options, TimeSource time, SecureRandom random, LocalNames names, DataFolder data, AutoCloseable lock) {
        UserNetworks networks = new UserNetworks();
        Configuration configuration = Configuration.load(options, data, names, networks);
        configuration.problems().forEach(problem -> log.warn("{}", problem));
        data.certificate(names);
        CertificateKeeper certificates = new CertificateKeeper(stores(configuration, data), random, time);
        PageHandler page = new ChallengePages(
                new CaPage(new PageConfig(page(options), configuration.verto(), () -> certificates.authority().isPresent(), time::wallTime), certificates::authority),
                AcmeClient.challenges(data.certificates()));

        MediaEngine media = media(configuration.media(), data, random, time);
        Database database = new Database(database(configuration, data.database()), time);
        StoredUsers users = new StoredUsers(database, time);
        Recorder recorder = new Recorder(configuration.records(), new Recorder.Place(data.spool(), names.hostName(), ZoneId.systemDefault()),
                new StoredRecords(database), time, random);
        RoomFiles rooms = new RoomFiles(Path.of(configuration.routing().globals().getOrDefault("log_dir", "log")), time, recorder.counters());
        Metrics metrics = new Metrics();
        Optional<MetricsConfig.SelfCall> selfCall = configuration.metrics().flatMap(MetricsConfig::selfCall);
        Optional<SelfCallUser> itself = selfCall.map(plan -> new SelfCallUser(users, plan.context(), random));
        DirectorySource known = itself.isPresent() ? itself.get() : users;
        Parts parts = join(live(configuration, options, new Configuration.Places(data.path(), data.certificates(), password(options, data), networks), names).with(known), media,
                new Stores(new StoredMessages(database), SelfCallUser.leftOutOf(metrics.counting(recorder)), rooms, new StoredData(database), new StoredVoicemail(database)),
                new AccessTokens(data.tokenKey(), time), time, random, page, Optional.empty());
        Optional<CallKeeper> keeper = configuration.limits().keepCalls() && configuration.verto().detachTimeout().isPositive()
                ? Optional.of(new CallKeeper(parts.switchboard(), parts.verto().survivors(), data.path().resolve("run"), configuration.verto().detachTimeout(), time))
                : Optional.empty();
        RunningServer server = new RunningServer(
                Greeting.of(options, configuration, data, names), time, media, parts, new Kept(database, recorder, rooms, keeper, lock),
                configuration.limits().drain());
        server.opened.add(parts.shell());
        server.opened.add(NetworkWatch.start(users, networks, time));
        if (keeper.map(CallKeeper::restore).orElse(0) > 0) {
            media.rehearse(time);
        }
        server.open();
        recorder.open();
        rooms.open();
        keeper.ifPresent(calls -> calls.open(metrics.counting(recorder)));
        UserAdmin admin = new UserAdmin(users);
        UserSocket.open(data.path(), time, request -> TokenDesk.isFor(request) ? parts.tokens().run(request) : admin.run(request))
                .ifPresent(server.opened::add);
        parts.commands().add(server.shutdown.over(parts.commands().find("fsctl").orElseThrow()));
        count(parts.counters(), media);
        parts.counters().add("records", recorder.counters());
        server.openForPrograms(configuration, data, parts, random);
        Optional<SelfCalls> selfCalls = selfCall.map(plan -> new OwnCall(configuration, plan, itself.map(SelfCallUser::password),
                        new Examination.Place(options.conf(), data.path(), names), random, time))
                .map(call -> SelfCalls.start(selfCall.get().every(), server::takesCalls, () -> call.make(server.addresses()), time));
        selfCalls.ifPresent(server.opened::add);
        DiskWatch disk = DiskWatch.start(Map.of("data", data.path(), "recordings", Path.of(configuration.routing().globals().getOrDefault("recordings_dir", "recordings"))), time);
        server.opened.add(disk);
        metrics.open(configuration.metrics(), new Metrics.Sources(parts.switchboard().channels(), parts.verto()::sessions, parts.sip()::all, media::tickTimes,
                recorder::waitingBytes, recorder::waitingInMemory, database::isUsable, parts.counters()::forEach, selfCalls, disk), time);
        server.opened.add(metrics);
        certificates.open();
        server.opened.add(certificates);
        MediaSettings.stun(configuration.verto().profiles()).ifPresent(
                stun -> server.opened.add(ExternalAddress.open(stun, configuration.media().rtpIps().getFirst(), media::external, random, time)));
        return server;
    }

    /// Where certificates of the profiles are that listen over TLS.
    private static List<CertificateStore> stores(Configuration configuration, DataFolder data) {
        return configuration.verto().profiles().stream()
                .filter(profile -> profile.binds().stream().anyMatch(Bind::secure))
                .map(VertoProfile::tls)
                .filter(files -> !files.certificate().isEmpty() && !files.key().isEmpty())
                .distinct()
                .map(files -> new CertificateStore(data.certificates(), files))
                .toList();
    }

    private static void count(CounterBoard board, SipCounts sip) {
        board.add("sip.calls", sip.calls());
        board.add("sip.transactions", sip.transactions());
        board.add("sip.transport", sip.transport());
        board.add("sip.gateways", sip.gateways());
        board.add("sip.registrar", sip.registrar());
    }

    private static void count(CounterBoard board, MediaEngine media) {
        board.add("loop", media.counters().loop());
        board.add("transport", media.counters().transport());
        board.add("ice", media.counters().ice());
        board.add("dtls", media.counters().dtls());
        board.add("srtp", media.counters().srtp());
        board.add("pictures", media.pictures().counters());
        board.add("frames", media.pictures().frames());
        board.add("audio", media.ticks().counters().audio());
        board.add("jitter", media.ticks().counters().jitter());
    }

    /// As it can be read again: the password of the default users stays the one that the server started with.
    private static LiveConfiguration live(Configuration configuration, Options options, Configuration.Places places, LocalNames names) {
        return new LiveConfiguration(configuration, () -> Configuration.read(options, places, names));
    }

    private static String password(Options options, DataFolder data) {
        return options.password() == null ? data.password() : options.password();
    }

    /// Without call records.
    static Parts join(
            LiveConfiguration live, MediaService media, MessageStore store, SharedData shared, TimeSource time, RandomGenerator random,
            PageHandler page) {
        return join(live, media, store, shared, time, random, page, Optional.empty());
    }

    /// @param network by which SIP reaches other machines; empty for that of this machine
    static Parts join(
            LiveConfiguration live, MediaService media, MessageStore store, SharedData shared, TimeSource time, RandomGenerator random,
            PageHandler page, Optional<SipWorld.Network> network) {
        byte[] key = new byte[AccessTokens.KEY];
        random.nextBytes(key);
        return join(live, media, new Stores(store, CallRecords.NONE, RoomRecords.NONE, shared, VoicemailStore.NONE), new AccessTokens(key, time), time,
                random, page, network);
    }

    /// Joins what signalling is made of, and opens nothing. Time, media, stores and randomness are given: a replay has its own.
    private static Parts join(
            LiveConfiguration live, MediaService media, Stores stores, AccessTokens tokens, TimeSource time, RandomGenerator random, PageHandler page,
            Optional<SipWorld.Network> network) {
        Configuration configuration = live.current();
        Supplier<Routing> routing = () -> live.current().routing();
        Commands commands = new Commands();
        EventChannels events = new EventChannels();
        CoreEvents core = new CoreEvents(time, new CoreEvents.Origin(Tokens.uuid(random), routing.get().globals().getOrDefault("hostname", "")));
        Endpoints endpoints = new Endpoints();
        Counters<SwitchCounter> counters = new Counters<>(SwitchCounter.class);
        RecordingPages pages = new RecordingPages(page,
                () -> Optional.ofNullable(routing.get().globals().get("recordings_dir")).filter(folder -> !folder.isEmpty()).map(Path::of), time, random);
        TokenDesk desk = new TokenDesk(() -> routing.get().directory(), tokens);
        TokenPage asked = new TokenPage(pages, desk, () -> live.current().tokenDesk(), time);
        DialplanShell shell = new DialplanShell(() -> live.current().limits().shell(), () -> cache(routing.get()).resolve("shell"), time);
        Synthesis synthesis = new SpeechPrograms(() -> live.current().dialogues().speech(), () -> cache(routing.get()).resolve("speech"), time);
        RoomSpeech speech = new RoomSpeech(() -> live.current().dialogues().phrases(), spoken(synthesis),
                () -> time.wallTime().atZone(ZoneId.systemDefault()));
        Conferences conferences =
                new Conferences(time, media, () -> live.current().conferences(), events, new RoomWorld(routing, commands, core, random, speech, stores.rooms(), pages));
        MessageWaiting waiting = new MessageWaiting(events, core);
        Mailboxes mailboxes = new Mailboxes(stores.voicemail(), () -> storage(routing.get()).resolve("voicemail"), random, waiting);
        Switchboard switchboard = new Switchboard(
                new ChannelServices(time, media, random, routing, commands,
                        new Presence(events, configuration.verto().presence(), core), counters, stores.records(),
                        () -> live.current().dialogues().phrases(),
                        new LocalPrograms(synthesis, shell,
                                new RecognitionPrograms(() -> live.current().dialogues().speech(), () -> cache(routing.get()).resolve("speech"), time))),
                endpoints,
                conferences,
                stores.shared(),
                configuration.limits().maxSessions(),
                () -> live.current().dialogues().menus(),
                new Voicemail(() -> live.current().dialogues().voicemail(), mailboxes));
        MessageRoutes routes = new MessageRoutes();
        routes.add(conferences.messages());
        VertoServer verto = new VertoServer(
                configuration.verto(),
                new VertoServer.Environment(
                        switchboard, events, commands, () -> routing.get().directory(), time, random, asked,
                        new Messages.Place(routes, stores.messages()), core));
        endpoints.add(verto.endpoint());
        Counters<SipCallCounter> sipCounters = new Counters<>(SipCallCounter.class);
        SipCalls calls = new SipCalls(switchboard, switchboard, time, random, sipCounters);
        SipProfiles sip = SipEdge.of(
                live, time, random, core, new SipEdge.Messages(routes, verto.messages(), waiting::of, user -> verto.endpoint().reach(user.toString()) instanceof Endpoint.Reach.Reachable), calls, network);
        endpoints.add(new SofiaEndpoint(calls, sip));
        verto.commands().forEach(commands::add);
        commands.add(conferences.api());
        commands.add(new MediaCommand(media::tickTimes));
        CaptureCommands.of(media.captures(), () -> storage(routing.get()).resolve("captures"), time).forEach(commands::add);
        commands.add(live);
        commands.add(ApiCommand.of("module_exists", module -> String.valueOf(Modules.isBuiltIn(module.strip()))));
        VoicemailCommands.of(mailboxes).forEach(commands::add);
        switchboard.fifoMembers().configure(configuration.dialogues().members());
        live.onReload(() -> {
            switchboard.fifoMembers().configure(live.current().dialogues().members());
            core.publish(EventName.RELOADXML, Map::of);
            conferences.advertise();
        });
        LogCommands.all(commands.find("fsctl").orElseThrow()).forEach(commands::add);
        HelpCommands.of(commands, switchboard.channels()).forEach(commands::add);
        commands.add(JsonLine.of(commands));
        commands.add(ApiCommand.of("reloadacl", live::run));
        SipEdge.commands(commands, sip, () -> live.run(""));
        commands.add(new StoreCommand(storage(configuration.routing()), switchboard));
        CounterBoard board = new CounterBoard();
        board.add("switch", counters);
        board.add("events", events.counters());
        board.add("verto", verto.counters());
        board.add("conference", conferences.counters());
        board.add("sip.legs", sipCounters);
        count(board, sip.counts());
        commands.add(board);
        board.add("tokens", asked.counters());
        verto.accept(tokens);
        commands.add(desk.command());
        return new Parts(switchboard, verto, sip, commands, core, endpoints, board, conferences::advertise, desk, shell);
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

    private static Path cache(Routing routing) {
        return Path.of(routing.globals().getOrDefault("cache_dir", "cache"));
    }

    private static Path storage(Routing routing) {
        return Path.of(routing.globals().getOrDefault("storage_dir", "storage"));
    }

    /// What watches and steers the switch from outside.
    private void openForPrograms(Configuration configuration, DataFolder data, Parts parts, RandomGenerator random) {
        LogStream logs = LogStream.open();
        opened.add(logs);
        EventSocket.Switch board = new EventSocket.Switch(parts.commands(), switchboard, core, logs, time, random);
        Programs programs = new Programs(configuration.eventSocket().map(EventSocketConfig::programs).orElse(Set.of()), board);
        switchboard.programs(programs);
        opened.add(programs);
        try {
            ConsoleAccess console = ConsoleAccess.open(configuration.eventSocket(), data, board);
            opened.add(console);
            console.socket().ifPresent(socket -> parts.counters().add("eventsocket", socket.counters()));
        } catch (CannotStart reason) {
            close();
            throw reason;
        }
        opened.add(Heartbeat.start(core, switchboard.channels(), time));
        core.publish(EventName.STARTUP, () -> Map.of("Event-Info", "System Ready"));
        parts.advertise().run();
    }

    /// @return where Verto clients can connect, in the order of the configuration
    List<InetSocketAddress> addresses() {
        return verto.addresses();
    }

    Greeting greeting() {
        return greeting;
    }

    private boolean takesCalls() {
        LiveChannels channels = switchboard.channels();
        return !channels.paused() && channels.count() < channels.limit();
    }

    /// Runs a command as its console would.
    String command(String line) {
        return commands.run(line);
    }

    /// Ends everything. When nobody asked for the end by a command the process was told to end: then calls that cannot be kept for the next
    /// start may go on for a while, and those that can are.
    void drainAndStop() {
        if (asked.getCount() == 0) {
            stop();
            return;
        }
        IntSupplier all = switchboard.channels()::count;
        shutdown.drain(patience, kept.calls().<IntSupplier>map(calls -> () -> calls.unkept(all.getAsInt())).orElse(all));
        try {
            asked.await();
        } catch (InterruptedException hurry) {
            log.debug("not waited for: {}", hurry.toString());
        }
        stop(kept.calls());
    }

    /// Waits until somebody asks for the end of the server by a command.
    void awaitShutdown() throws InterruptedException {
        asked.await();
    }

    /// Ends every call, then everything else. Clients learn why.
    void stop() {
        stop(Optional.empty());
    }

    /// @param keeper of the calls that go on when the server is started again; without it all end
    private void stop(Optional<CallKeeper> keeper) {
        log.info("stopping");
        core.publish(EventName.SHUTDOWN, () -> Map.of("Event-Info", "System Shutting Down"));
        Set<ChannelId> stay = keeper.map(CallKeeper::keep).orElse(Set.of());
        switchboard.hangupAll(Cause.SYSTEM_SHUTDOWN, stay);
        awaitChannels(stay.size());
        verto.close(); // nobody is to see how rooms become empty
        keeper.ifPresent(CallKeeper::suspend);
        awaitChannels(0);
        close();
        log.info("stopped");
    }

    private void awaitChannels(int left) {
        Mailbox<Boolean> nobody = time.mailbox(1);
        long deadline = time.nanoTime() + FAREWELL.toNanos();
        while (switchboard.channels().rows().size() > left && time.nanoTime() < deadline) {
            nobody.await(time.nanoTime() + LOOK_AGAIN.toNanos());
        }
    }

    private void open() {
        List<ConfigProblem> problems = new ArrayList<>(verto.open());
        if (problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR)) {
            close();
            throw new CannotStart(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n  ", "cannot listen:\n  ", "")));
        }
        problems.forEach(problem -> log.warn("{}", problem));
        try {
            SipEdge.open(sip);
        } catch (CannotStart reason) {
            close();
            throw reason;
        }
    }

    private void close() {
        kept.calls().ifPresent(CallKeeper::close);
        opened.reversed().forEach(RunningServer::close);
        sip.close();
        verto.close();
        media.close();
        kept.rooms().close();
        kept.recorder().close();
        kept.database().close();
        close(kept.lock());
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception reason) {
            log.warn("a part did not close: {}", reason.toString());
        }
    }

    private static MediaEngine media(MediaConfig config, DataFolder data, SecureRandom random, TimeSource time) {
        try {
            return new MediaEngine(config, data.dtlsIdentity(), random, time, MediaCounters.create());
        } catch (UncheckedIOException refused) {
            throw new CannotStart(refused.getMessage(), refused);
        }
    }

    static DatabaseLocation database(Configuration configuration, Path folder) {
        String url = configuration.limits().database();
        return url.isEmpty() ? new DatabaseLocation.Embedded(folder) : new DatabaseLocation.Named(url);
    }

    private static PageFiles page(Options options) {
        try {
            PageFiles page = PageFiles.read(options.page());
            if (!page.hasIndex()) {
                log.warn("there is no page in {}: " + Program.command("run") + " builds it", options.page());
            }
            return page;
        } catch (IOException wrong) {
            throw new CannotStart("the page cannot be read: " + wrong.getMessage(), wrong);
        }
    }

    /// What signalling gives away to be kept.
    private record Stores(MessageStore messages, CallRecords records, RoomRecords rooms, SharedData shared, VoicemailStore voicemail) {}

    /// What ends after signalling.
    private record Kept(Database database, Recorder recorder, RoomFiles rooms, Optional<CallKeeper> calls, AutoCloseable lock) {}

    /// What signalling is made of.
    record Parts(
            Switchboard switchboard, VertoServer verto, SipProfiles sip, Commands commands, CoreEvents core, Endpoints endpoints, CounterBoard counters,
            Runnable advertise, TokenDesk tokens, AutoCloseable shell) {}
}
