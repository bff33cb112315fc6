package io.jverto.switchboard.channel;

import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.dialplan.Scope;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.dialplan.Text;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The configuration's own text where there is no channel yet: given variables, and the global ones.
public final class ServerScope implements Scope {
    /// Stands for a user's sessions. It is left for the endpoint to find them when it is dialled: their ids are chosen by clients,
    /// who could write a whole dial string into one (security.md S12).
    private static final String CONTACT = "verto_contact";

    /// The same for telephones, where there is an endpoint for them; otherwise nobody has one.
    private static final String TRUNK_CONTACT = "sofia_contact";
    /// Its reply is a list of dial strings.
    private static final String GROUP = "group";

    private final ChannelServices services;
    private final Map<String, Text> variables;

    public ServerScope(ChannelServices services, Map<String, Text> variables) {
        this.services = services;
        this.variables = variables;
    }

    /// @return what `${name(arguments)}` gives; empty when a dialplan may not run that
    static Optional<Text> command(Commands commands, String name, String arguments) {
        if (name.equalsIgnoreCase(CONTACT)) {
            return Optional.of(Text.join(Text.syntax("verto.rtc/"), Text.data(arguments)));
        }
        if (name.equalsIgnoreCase(TRUNK_CONTACT)) {
            boolean trunks = commands.find(TRUNK_CONTACT).isPresent();
            return Optional.of(trunks ? Text.join(Text.syntax("sofia/"), Text.data(arguments)) : Text.syntax("error/user_not_registered"));
        }
        Optional<String> reply = commands.expandable(name, arguments).map(command -> command.run(arguments).stripTrailing());
        return reply.map(text -> name.equalsIgnoreCase(GROUP) ? DialLists.text(text) : Text.data(text));
    }

    @Override
    public Text field(String name) {
        return Text.EMPTY;
    }

    @Override
    public Text variable(String name) {
        Text given = variables.getOrDefault(name, Text.EMPTY);
        return given.isEmpty() ? services.routing().get().global(name) : given;
    }

    @Override
    public void set(String name, Text value) {
        // nothing is kept: there is no channel
    }

    @Override
    public Instant now() {
        return services.time().wallTime();
    }

    @Override
    public Text command(String name, String arguments) {
        return command(services.commands(), name, arguments).orElse(Text.EMPTY);
    }

    @Override
    public void inline(Step step) {
        // only a hunt has inline actions
    }
}
