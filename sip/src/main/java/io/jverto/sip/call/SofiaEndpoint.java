package io.jverto.sip.call;

import io.jverto.sip.call.SofiaTarget.Reading;
import io.jverto.sip.gateway.GatewayConfig;
import io.jverto.sip.profile.GatewayLine;
import io.jverto.sip.profile.Profile;
import io.jverto.sip.profile.SipProfiles;
import io.jverto.sip.registrar.Binding;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.Registration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `sofia/...` in dial strings (sip.md section 5.1). Thread-safe.
public final class SofiaEndpoint implements Endpoint {
    private final SipCalls calls;
    private final SipProfiles profiles;

    public SofiaEndpoint(SipCalls calls, SipProfiles profiles) {
        this.calls = calls;
        this.profiles = profiles;
    }

    @Override
    public String scheme() {
        return "sofia";
    }

    /// What stands behind the profile or gateway, without host and parameters.
    @Override
    public String number(String address) {
        return SofiaTarget.number(address);
    }

    @Override
    public Reach reach(String address) {
        return switch (SofiaTarget.read(address, profiles)) {
            case Reading.Read(SofiaTarget target) -> new Reach.Reachable(List.of(new Telephone(target, address)));
            case Reading.Registered registered -> registered(registered);
            case Reading.Wrong(Cause cause) -> new Reach.Unreachable(cause);
        };
    }

    @Override
    public List<Registration> registrations() {
        return profiles.all().stream().flatMap(profile -> profile.telephones().stream().map(one -> registration(profile, one))).toList();
    }

    private static Registration registration(Profile profile, Binding binding) {
        Hop from = binding.from();
        return new Registration(
                binding.user(), binding.callId(), "sofia/" + profile.name() + "/" + binding.address(),
                profile.expires(binding),
                from.remote().getAddress().getHostAddress(), from.remote().getPort(), from.transport().name().toLowerCase(Locale.ROOT), "");
    }

    /// All telephones of a user ring.
    private Reach registered(Reading.Registered registered) {
        String user = registered.domain().isEmpty() ? registered.user() : registered.user() + "@" + registered.domain();
        List<Device> devices = profiles.telephones(registered.where() + "/" + user).stream()
                .map(SofiaTarget::of)
                .<Device>map(target -> new Telephone(target, target.profile().name() + "/" + target.uri().userText() + "@" + target.uri().hostPort()))
                .toList();
        return devices.isEmpty() ? new Reach.Unreachable(Cause.USER_NOT_REGISTERED) : new Reach.Reachable(devices);
    }

    /// Somebody to call.
    private final class Telephone implements Device {
        private final SofiaTarget target;
        private final String address;

        Telephone(SofiaTarget target, String address) {
            this.target = target;
            this.address = address;
        }

        @Override
        public String channelName() {
            return target.gateway()
                    .map(line -> "sofia/" + target.profile().name() + "/" + target.uri().userText())
                    .orElse("sofia/" + address);
        }

        @Override
        public String codecs() {
            return target.profile().config().calls().outboundCodecs();
        }

        @Override
        public MediaRules media() {
            MediaRules rules = target.profile().config().calls().media();
            return target.isBrowser() ? rules.withDirect(Optional.empty()) : rules;
        }

        /// Only what is written is known without asking: names are looked up when the call is made.
        @Override
        public String networkAddress() {
            return io.jverto.base.net.Network.address(target.uri().hostPort().bareHost()).map(java.net.InetAddress::getHostAddress).orElse("");
        }

        @Override
        public Callee callee() {
            return new Callee("", "");
        }

        @Override
        public Map<String, String> variables() {
            Map<String, String> variables = new LinkedHashMap<>();
            variables.put("sofia_profile_name", target.profile().name());
            variables.put("sip_profile_name", target.profile().name());
            variables.put("sip_req_uri", target.uri().userText() + "@" + target.uri().hostPort());
            target.gateway().ifPresent(line -> {
                line.config().variables().stream().filter(GatewayConfig.Variable::outbound).forEach(one -> variables.put(one.name(), one.value()));
                variables.put("sip_gateway_name", line.config().name());
            });
            return variables;
        }

        @Override
        public boolean tellsProgress() {
            return true;
        }

        @Override
        public CallSignal invite(OutgoingCall call) {
            Optional<GatewayLine> gateway = target.gateway();
            SipLeg leg = new SipLeg(calls, target.profile(), gateway, target.user(), call.channel().id(), false);
            leg.begin(call.channel(), new OutgoingLeg(calls, target, call));
            return leg;
        }
    }
}
