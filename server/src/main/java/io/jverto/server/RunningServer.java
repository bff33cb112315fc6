package io.jverto.server;

import io.jverto.base.Program;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.config.ConfigProblem.Severity;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.SystemTime;
import io.jverto.base.time.TimeSource;
import io.jverto.medialoop.MediaConfig;
import io.jverto.medialoop.MediaCounters;
import io.jverto.medialoop.MediaEngine;
import io.jverto.server.certificate.AcmeClient;
import io.jverto.server.certificate.CertificateKeeper;
import io.jverto.server.certificate.CertificateStore;
import io.jverto.server.config.UserNetworks;
import io.jverto.server.doctor.Examination;
import io.jverto.server.eventsocket.EventSocket;
import io.jverto.server.eventsocket.EventSocketConfig;
import io.jverto.server.eventsocket.Programs;
import io.jverto.server.log.LogStream;
import io.jverto.server.metrics.DiskWatch;
import io.jverto.server.metrics.Metrics;
import io.jverto.server.metrics.MetricsConfig;
import io.jverto.server.metrics.SelfCalls;
import io.jverto.server.page.CaPage;
import io.jverto.server.page.ChallengePages;
import io.jverto.server.page.PageConfig;
import io.jverto.server.page.PageFiles;
import io.jverto.server.records.Recorder;
import io.jverto.server.records.RoomFiles;
import io.jverto.server.restart.CallKeeper;
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
import io.jverto.server.users.UserAdmin;
import io.jverto.server.users.UserSocket;
import io.jverto.sip.profile.SipProfiles;
import io.jverto.switchboard.Switchboard;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.command.LiveChannels;
import io.jverto.switchboard.directory.DirectorySource;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.verto.VertoServer;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.login.AccessTokens;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.profile.VertoProfile.Bind;
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

    private RunningServer(Greeting greeting, TimeSource time, MediaEngine media, Signalling parts, Kept kept, Duration patience) {
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
        Configuration.Places places = new Configuration.Places(data.path(), data.certificates(), password(options, data), networks);
        Signalling.Stores stores = new Signalling.Stores(
                new StoredMessages(database), SelfCallUser.leftOutOf(metrics.counting(recorder)), rooms, new StoredData(database), new StoredVoicemail(database));
        Signalling parts = Signalling.join(new Signalling.World(live(configuration, options, places, names).with(known), media, stores,
                new AccessTokens(data.tokenKey(), time), time, random, page, Optional.empty()));
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

    /// What watches and steers the switch from outside.
    private void openForPrograms(Configuration configuration, DataFolder data, Signalling parts, RandomGenerator random) {
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

    /// What ends after signalling.
    private record Kept(Database database, Recorder recorder, RoomFiles rooms, Optional<CallKeeper> calls, AutoCloseable lock) {}
}
