package io.jverto.media.plan;

import java.nio.file.Path;

/// What is to be written of what a channel says, and until when.
///
/// @param path a WAV file, checked: whoever chose it may write it
/// @param followLinks whether the file may be a link to another one
/// @param rateHz of the file; 0 for the rate of the channel's codec
/// @param silenceLevel mean magnitude below which it is silent; 0 for never
/// @param silenceMillis silence that ends the recording
public record Recording(Path path, boolean followLinks, int rateHz, int silenceLevel, int silenceMillis) {}
