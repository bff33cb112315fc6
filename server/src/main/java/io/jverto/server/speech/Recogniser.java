package io.jverto.server.speech;

import java.util.List;

/// A program that listens, as `speech.conf` has it.
///
/// @param command the program and its arguments, as they are, without a shell
/// @param rateHz of the sound that it reads
public record Recogniser(String name, List<String> command, int rateHz) {
    public Recogniser {
        command = List.copyOf(command);
    }
}
