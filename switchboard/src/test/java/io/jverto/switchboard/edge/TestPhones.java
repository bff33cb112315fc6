package io.jverto.switchboard.edge;

import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.Registration;
import io.jverto.testkit.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Logged-in users who can be rung, in memory.
public final class TestPhones implements Endpoint {
    /// What `show registrations` is told.
    public final List<Registration> registered = new CopyOnWriteArrayList<>();
    private final VirtualTime time;
    private final Map<String, List<Device>> byAddress = new ConcurrentHashMap<>();

    TestPhones(VirtualTime time) {
        this.time = time;
    }

    public Phone add(String address, String name) {
        Phone phone = new Phone(name);
        byAddress.computeIfAbsent(address, key -> new ArrayList<>()).add(phone);
        return phone;
    }

    @Override
    public String scheme() {
        return "verto.rtc";
    }

    @Override
    public List<Registration> registrations() {
        return List.copyOf(registered);
    }

    @Override
    public Reach reach(String address) {
        List<Device> devices = byAddress.getOrDefault(address, List.of());
        return devices.isEmpty() ? new Reach.Unreachable(Cause.USER_NOT_REGISTERED) : new Reach.Reachable(devices);
    }

    /// One session of a user.
    public final class Phone implements Device {
        public final List<OutgoingCall> calls = new CopyOnWriteArrayList<>();
        public final List<TestClient> clients = new CopyOnWriteArrayList<>();
        /// Whether it says by itself that it rings.
        public volatile boolean tellsProgress;
        public volatile String codecs = "opus,pcmu,pcma";
        private final String name;

        Phone(String name) {
            this.name = name;
        }

        @Override
        public String channelName() {
            return "verto.rtc/" + name;
        }

        @Override
        public String codecs() {
            return codecs;
        }

        @Override
        public MediaRules media() {
            return TestSwitch.RULES;
        }

        @Override
        public String networkAddress() {
            return "192.0.2.77";
        }

        @Override
        public Callee callee() {
            return new Callee("", "");
        }

        @Override
        public Map<String, String> variables() {
            return Map.of("event_channel_cookie", "session of " + name);
        }

        @Override
        public boolean tellsProgress() {
            return tellsProgress;
        }

        @Override
        public CallSignal invite(OutgoingCall call) {
            TestClient client = new TestClient(call.channel(), time);
            calls.add(call);
            clients.add(client);
            return client;
        }

        /// @return the client of its last call
        public TestClient rung() {
            return clients.getLast();
        }

        public List<String> heard() {
            return clients.isEmpty() ? List.of() : clients.getLast().heard;
        }
    }
}
