package io.jverto.verto.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.port.MediaRules;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Reads what a profile says about the media of its calls: `apply-candidate-acl`, `auto-jitterbuffer-msec` (media-rtc.md section 1).
final class MediaRulesReader {
    private static final int MAX_CANDIDATE_ACLS = 25;

    private final Function<String, Optional<Predicate<InetAddress>>> networks;
    private final Consumer<ConfigProblem> problems;

    /// @param networks lists of addresses by name
    MediaRulesReader(Function<String, Optional<Predicate<InetAddress>>> networks, Consumer<ConfigProblem> problems) {
        this.networks = networks;
        this.problems = problems;
    }

    /// @param candidateAcls every `apply-candidate-acl`, in order
    /// @param jitter the last `auto-jitterbuffer-msec` that says anything
    MediaRules read(List<ConfigNode> candidateAcls, Optional<ConfigNode> jitter) {
        List<Predicate<InetAddress>> lists = new ArrayList<>();
        for (ConfigNode param : candidateAcls) {
            Optional<Predicate<InetAddress>> list = networks.apply(value(param));
            if (list.isEmpty()) {
                // Passing over a wish to keep addresses out would let them in.
                problems.accept(ConfigProblem.error(param.origin(), "apply-candidate-acl: there is no network list '" + value(param) + "'"));
            } else if (lists.size() == MAX_CANDIDATE_ACLS) {
                problems.accept(ConfigProblem.error(param.origin(), "more than " + MAX_CANDIDATE_ACLS + " apply-candidate-acl in one profile"));
            } else {
                lists.add(list.get());
            }
        }
        MediaRules rules = MediaRules.DEFAULT.withCandidates(lists);
        return jitter.flatMap(this::bounds)
                .map(bounds -> rules.withJitter(bounds.minMillis(), bounds.maxMillis()))
                .orElse(rules);
    }

    private Optional<JitterText> bounds(ConfigNode param) {
        Optional<JitterText> bounds = JitterText.decode(value(param));
        if (bounds.isEmpty()) {
            problems.accept(ConfigProblem.error(param.origin(),
                    "auto-jitterbuffer-msec must be like 20:400 (milliseconds) or 1p:20p (packets), not '" + value(param) + "'"));
        } else if (!bounds.get().asked()) {
            problems.accept(ConfigProblem.warning(param.origin(), "auto-jitterbuffer-msec '" + value(param) + "' becomes "
                    + bounds.get().minMillis() + ":" + bounds.get().maxMillis() + "; the buffer can do "
                    + MediaRules.LEAST_JITTER_MILLIS + " to " + MediaRules.MOST_JITTER_MILLIS + " ms"));
        }
        return bounds;
    }

    private static String value(ConfigNode param) {
        return param.attribute("value", "").trim();
    }
}
