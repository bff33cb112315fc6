package io.jverto.verto.endpoint;

import io.jverto.switchboard.port.ApiCommand;
import java.util.stream.Collectors;

/// `verto_contact user[@domain]`: dial strings of the user's sessions (verto-wire.md section 11.2).
public final class ContactCommand implements ApiCommand {
    private final VertoEndpoint endpoint;

    public ContactCommand(VertoEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String name() {
        return "verto_contact";
    }

    @Override
    public String run(String arguments) {
        String contacts = endpoint.of(arguments.trim()).stream()
                .map(session -> VertoEndpoint.SCHEME + "/u:" + session.id())
                .collect(Collectors.joining(","));
        return contacts.isEmpty() ? "error/user_not_registered" : contacts;
    }
}
