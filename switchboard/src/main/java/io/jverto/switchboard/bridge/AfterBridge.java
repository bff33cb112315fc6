package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a caller does when the talk is over, or when there was none (dialplan-directory.md section 12). On the caller's thread.
final class AfterBridge {
    /// Whether the caller heard somebody before the answer.
    static final String EARLY = "originate_early_media";
    private static final Bridge.Result GO_ON = new Bridge.Result.GoOn();

    private AfterBridge() {}

    static Bridge.Result ended(Channel caller, Cause cause) {
        caller.variables().set("bridge_hangup_cause", Text.syntax(cause.name()));
        caller.variables().set("last_bridge_hangup_cause", Text.syntax(cause.name()));
        if (!caller.up()) {
            return GO_ON;
        }
        caller.route(new AudioRoute.Silent());
        Text application = caller.variables().get("exec_after_bridge_app");
        if (!application.isEmpty()) {
            caller.happenings().execute(Text.join(Text.join(application, Text.syntax(" ")), caller.variables().get("exec_after_bridge_arg")));
        }
        caller.happenings().happened("after_bridge"); // `api_after_bridge`
        if (caller.variables().isTrue("park_after_bridge")) {
            caller.happenings().execute(Text.syntax("park"));
        }
        Text transfer = caller.variables().get("transfer_after_bridge");
        if (!transfer.isEmpty() && caller.up()) {
            return transfer(transfer.split(':'));
        }
        if (caller.variables().isTrue("hangup_after_bridge") || isExplicit(caller)) {
            caller.hangup(cause, "the other side hung up");
        }
        return GO_ON;
    }

    /// In the order of dialplan-directory.md section 12.
    static Bridge.Result failed(Channel caller, Originate.Outcome.Failed failed) {
        Cause cause = failed.cause();
        caller.variables().set("originate_disposition", Text.syntax(cause.name()));
        caller.variables().set("originate_failed_cause", Text.syntax(cause.name()));
        caller.variables().set("DIALSTATUS", Text.syntax(dialStatus(cause)));
        if (!caller.up()) {
            return GO_ON;
        }
        if (failed.hangUp()) {
            caller.hangup(cause, "one refused, and hangup_on_single_reject is set");
            return GO_ON;
        }
        if (caller.hasMedia()) {
            caller.route(new AudioRoute.Silent());
        }
        if (cause != Cause.ATTENDED_TRANSFER && goesOn(caller, cause)) {
            if (isExplicit(caller) && caller.variables().isTrue(EARLY)) {
                caller.hangup(cause, "the other side hung up after early media");
            }
            return GO_ON;
        }
        return transferOnFail(caller, cause).orElseGet(() -> {
            caller.hangup(cause, "nobody could be reached");
            return GO_ON;
        });
    }

    /// `hangup_after_bridge=explicit`: early media alone is a talk, too.
    private static boolean isExplicit(Channel caller) {
        return caller.variables().get("hangup_after_bridge").toString().equalsIgnoreCase("explicit");
    }

    private static boolean goesOn(Channel caller, Cause cause) {
        Optional<String> failures = caller.variables().text("failure_causes");
        Optional<String> goOn = caller.variables().text("continue_on_fail");
        boolean lenient = failures.isEmpty() && goOn.isEmpty()
                && (cause == Cause.NO_ANSWER || cause == Cause.NO_USER_RESPONSE || cause == Cause.ORIGINATOR_CANCEL);
        return lenient || failures.isPresent() && !Terms.names(failures.get(), cause)
                || goOn.isPresent() && (caller.variables().isTrue("continue_on_fail") || Terms.names(goOn.get(), cause));
    }

    private static Optional<Bridge.Result> transferOnFail(Channel caller, Cause cause) {
        List<Text> words = caller.variables().get("transfer_on_fail").trim().split(' ');
        String causes = words.getFirst().toString();
        if (causes.equalsIgnoreCase("true")) {
            return Optional.of(GO_ON);
        }
        if (causes.isEmpty() || !Terms.names(causes, cause)) {
            return Optional.empty();
        }
        List<Text> target = new ArrayList<>(words.subList(1, words.size()));
        if (target.isEmpty() || target.getFirst().toString().equals("auto_cause")) {
            List<Text> named = new ArrayList<>(List.of(Text.syntax(cause.name())));
            named.addAll(target.isEmpty() ? target : target.subList(1, target.size()));
            return Optional.of(transfer(named));
        }
        return Optional.of(transfer(target));
    }

    static Bridge.Result transfer(List<Text> words) {
        return new Bridge.Result.Transfer(words.getFirst(), words.size() > 1 ? words.get(1) : Text.EMPTY, words.size() > 2 ? words.get(2) : Text.EMPTY);
    }

    private static String dialStatus(Cause cause) {
        return switch (cause) {
            case USER_BUSY -> "BUSY";
            case NO_ANSWER, NO_USER_RESPONSE -> "NOANSWER";
            case ORIGINATOR_CANCEL -> "CANCEL";
            case DESTINATION_OUT_OF_ORDER, MANDATORY_IE_MISSING -> "INVALIDARGS";
            case CALL_REJECTED -> "DONTCALL";
            default -> cause.name();
        };
    }
}
