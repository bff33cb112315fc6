package io.jverto.server.config;

import io.jverto.base.config.ConfigProblem;
import io.jverto.conference.ConferenceSettings;
import io.jverto.switchboard.application.ActionNames;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.menu.Menus;
import java.util.ArrayList;
import java.util.List;

/// Menus and profiles of rooms that actions name and that are not there: a spelling mistake there is heard as a call that ends, or not noticed at all
/// (conference.md section 4).
public final class NameReport {
    private NameReport() {}

    /// @param actions of the dialplan and of menus
    public static List<ConfigProblem> of(List<Step> actions, Menus menus, ConferenceSettings rooms) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (Step action : actions) {
            String data = action.data().toString();
            ActionNames.menu(action.application(), data).filter(menu -> !menus.has(menu)).ifPresent(menu -> problems.add(
                    ConfigProblem.warning(action.origin(), "ivr.conf has no menu " + menu + ": a call that comes to it goes on as if the menu were over")));
            ActionNames.roomProfile(action.application(), data).ifPresent(profile -> rooms.instead(profile).ifPresent(instead -> problems.add(
                    ConfigProblem.warning(action.origin(), "conference.conf has no profile " + profile + ": " + instead))));
        }
        return problems;
    }
}
