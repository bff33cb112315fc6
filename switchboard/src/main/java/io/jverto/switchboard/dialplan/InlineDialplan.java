package io.jverto.switchboard.dialplan;

import io.jverto.base.config.ConfigNode.Origin;
import java.util.ArrayList;
import java.util.List;

/// The dialplan `inline`: a destination that says itself what to do, `app:data,app:data`, or with another separator `m:^:app:data^app:data`
/// (dialplan-directory.md section 5.5). Only what the configuration wrote is obeyed: a caller who dials `hangup` does not run it.
public final class InlineDialplan {
    public static final String NAME = "inline";
    private static final Origin ORIGIN = new Origin(NAME, 0);

    private InlineDialplan() {}

    /// @return what is to be done; none when the destination comes from a caller
    public static List<Step> steps(Text destination) {
        boolean own = destination.length() > 4 && destination.isSyntax(0, 'm') && destination.isSyntax(1, ':') && destination.isSyntax(2)
                && destination.isSyntax(3, ':');
        char separator = own ? destination.charAt(2) : ',';
        List<Step> steps = new ArrayList<>();
        for (Text part : destination.slice(own ? 4 : 0).split(separator)) {
            Text step = part.trim();
            if (step.isEmpty() || !step.isSyntax(0)) {
                return List.of();
            }
            int colon = step.indexOf(':', 0);
            Text application = colon < 0 ? step : step.slice(0, colon);
            if (!isSyntax(application)) {
                return List.of();
            }
            steps.add(new Step(application.toString(), colon < 0 ? Text.EMPTY : step.slice(colon + 1), ORIGIN));
        }
        return List.copyOf(steps);
    }

    private static boolean isSyntax(Text text) {
        for (int i = 0; i < text.length(); i++) {
            if (!text.isSyntax(i)) {
                return false;
            }
        }
        return true;
    }
}
