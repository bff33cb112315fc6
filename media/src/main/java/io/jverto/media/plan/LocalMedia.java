package io.jverto.media.plan;

import java.net.InetSocketAddress;
import java.util.List;

/// Our own side of a transport, as it stands in the SDP that we write.
///
/// @param address the advertised media address and port; always an IP literal
/// @param ice our credentials: 16 and 24 characters
/// @param fingerprint hash of our DTLS certificate
/// @param audioSsrc SSRC of the audio that we send, unsigned
/// @param cname RTCP CNAME, 16 characters
/// @param streamId media stream id, 32 characters, the same for audio and video
/// @param candidateFoundation 10 digits
/// @param sdes what we encrypt with towards a peer without DTLS, one for each profile that we offer, best first; for ICE none
/// @param tcp whether peers can connect to the same address by TCP (RFC 6544, passive)
public record LocalMedia(
        InetSocketAddress address,
        IceCredentials ice,
        Fingerprint fingerprint,
        int audioSsrc,
        String cname,
        String streamId,
        String candidateFoundation,
        List<SrtpMaster> sdes,
        boolean tcp) {
    public LocalMedia {
        sdes = List.copyOf(sdes);
    }

    /// Of a transport with ICE and DTLS.
    public LocalMedia(
            InetSocketAddress address,
            IceCredentials ice,
            Fingerprint fingerprint,
            int audioSsrc,
            String cname,
            String streamId,
            String candidateFoundation) {
        this(address, ice, fingerprint, audioSsrc, cname, streamId, candidateFoundation, List.of(), false);
    }

    /// The same for peers who can connect by TCP too.
    public LocalMedia withTcp() {
        return new LocalMedia(address, ice, fingerprint, audioSsrc, cname, streamId, candidateFoundation, sdes, true);
    }

    /// @return SSRC of the video that we send, unsigned
    public int videoSsrc() {
        return audioSsrc + 1;
    }

    /// @return SSRC of the packets of that video that we send again (RFC 4588), unsigned
    public int rtxSsrc() {
        return audioSsrc + 2;
    }

    /// @param line number of a [GalleryLine]
    /// @return SSRC of what we send on it, unsigned
    public int gallerySsrc(int line) {
        return GalleryLine.ssrc(audioSsrc, line);
    }

    /// @return SSRC of the packets of that line that we send again, unsigned
    public int galleryRtxSsrc(int line) {
        return GalleryLine.ssrc(audioSsrc, line) + 1;
    }
}
