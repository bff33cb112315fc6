package io.jverto.base;

/// What somebody has to type to run one of the program's commands: `./jverto` in a source tree, `jverto` where a package has put it into the path. The
/// script that starts Java says which it is.
public final class Program {
    private static final String IN_A_SOURCE_TREE = "./jverto";

    private Program() {}

    /// @param command with its arguments, for instance `cert renew`
    public static String command(String command) {
        return System.getProperty("jverto.command", IN_A_SOURCE_TREE) + " " + command;
    }
}
