package io.jverto.switchboard.bridge;

import io.jverto.switchboard.dialplan.Text;
import java.util.Map;

/// A leg of a dial string before it is looked at.
///
/// @param variables of all brackets around it
/// @param depth of the dial strings around it that led here: a user's, a group's
/// @param inGroup it is a user who is called as one of a group, for whom the directory may have another dial string
/// @param absence what it stands for when it leads to nobody because a user has nothing there, in words; empty for all else
record Wanted(Text target, Map<String, Text> variables, int depth, boolean inGroup, String absence) {
    Wanted(Text target, Map<String, Text> variables, int depth) {
        this(target, variables, depth, false, "");
    }
}
