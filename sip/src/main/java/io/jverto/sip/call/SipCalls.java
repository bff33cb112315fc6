package io.jverto.sip.call;

import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.sip.profile.CallOwner;
import io.jverto.sip.profile.Profile;
import io.jverto.switchboard.port.CallControl;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallVariables;
import io.jverto.switchboard.port.ChannelId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// The calls of all profiles, and what they need of the switch. Thread-safe.
public final class SipCalls implements CallOwner.Factory {
    private final CallControl control;
    private final CallVariables variables;
    private final TimeSource time;
    private final RandomGenerator random;
    private final Counters<SipCallCounter> counters;
    private final GatewayCalls gateways = new GatewayCalls();
    private final Map<Profile, ProfileCalls> byProfile = new ConcurrentHashMap<>();
    /// Calls with a dialog, by its Call-ID: whom a transfer may name.
    private final Map<String, SipLeg> byDialog = new ConcurrentHashMap<>();

    public SipCalls(
            CallControl control, CallVariables variables, TimeSource time, RandomGenerator random, Counters<SipCallCounter> counters) {
        this.control = control;
        this.variables = variables;
        this.time = time;
        this.random = random;
        this.counters = counters;
    }

    @Override
    public CallOwner of(Profile profile) {
        return calls(profile);
    }

    ProfileCalls calls(Profile profile) {
        return byProfile.computeIfAbsent(profile, one -> new ProfileCalls(this, one));
    }

    CallControl control() {
        return control;
    }

    TimeSource time() {
        return time;
    }

    RandomGenerator random() {
        return random;
    }

    GatewayCalls gateways() {
        return gateways;
    }

    void count(SipCallCounter what) {
        counters.increment(what);
    }

    Optional<CallRef> find(ChannelId channel) {
        return control.find(channel);
    }

    /// The user whose call a channel is: who logged in or proved who he is, or else whom the switch called there. Waits.
    Optional<String> user(ChannelId channel) {
        return named(channel, "user_name", "domain_name").or(() -> named(channel, "dialed_user", "dialed_domain"));
    }

    private Optional<String> named(ChannelId channel, String user, String domain) {
        return variables.get(channel, user).filter(name -> !name.isEmpty()).map(name -> name + "@" + variables.get(channel, domain).orElse(""));
    }

    /// Waits.
    void set(ChannelId channel, String name, String value) {
        variables.set(channel, name, value);
    }

    /// Waits, but not again for a channel that has gone or has no time.
    void setAll(ChannelId channel, Map<String, String> all) {
        all.entrySet().stream().allMatch(one -> variables.set(channel, one.getKey(), one.getValue()));
    }

    void remember(String callId, SipLeg leg) {
        byDialog.put(callId, leg);
    }

    void forget(String callId, SipLeg leg) {
        byDialog.remove(callId, leg);
    }

    Optional<SipLeg> dialog(String callId) {
        return Optional.ofNullable(byDialog.get(callId));
    }

    /// Dialogs that are remembered, for tests: nothing is left behind.
    public int dialogs() {
        return byDialog.size();
    }
}
