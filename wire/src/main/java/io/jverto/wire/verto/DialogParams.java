package io.jverto.wire.verto;

import java.util.Map;

/// `dialogParams` of a request (verto-wire.md section 5.2). Missing texts are empty; the rest of what clients put there
/// is ignored. Texts have no control characters and at most 256 characters.
///
/// @param caller names and numbers that the client gives the call
/// @param origin numbers of an earlier leg
/// @param userVariables become `verto_dvar_...`
public record DialogParams(
        String callId,
        String destinationNumber,
        Caller caller,
        Origin origin,
        Map<String, String> userVariables,
        AudioProcessing audio,
        CallOptions options) {
    public DialogParams {
        userVariables = Map.copyOf(userVariables);
    }

    /// @param remoteName the callee's name as the caller knows it
    /// @param remoteNumber the callee's number as the caller knows it
    /// @param calleeName the name that an answering client gives itself
    /// @param calleeNumber the number that an answering client gives itself
    public record Caller(
            String name, String number, String remoteName, String remoteNumber, String calleeName, String calleeNumber) {}

    public record Origin(String ani, String aniii, String rdnis) {}

    /// @param given whether the client said anything about it
    public record AudioProcessing(
            boolean given, boolean echoCancellation, boolean noiseSuppression, boolean autoGainControl) {}

    /// @param recoverCall false: the call ends with its socket
    /// @param canvas the canvas that this leg only watches; -1 for none
    /// @param outgoingKbps limit for video from the client; 0 for none
    /// @param incomingKbps limit for video to the client; 0 for none
    public record CallOptions(
            boolean screenShare,
            boolean secondSource,
            boolean recoverCall,
            boolean dedicatedEncoder,
            boolean mirrorInput,
            int canvas,
            int outgoingKbps,
            int incomingKbps) {}
}
