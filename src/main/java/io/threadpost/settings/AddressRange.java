package io.threadpost.settings;

import java.net.InetSocketAddress;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;

/** IP addresses: one, or a network in CIDR notation. */
public final class AddressRange {
    private final String text;
    private final IpSubnetFilterRule rule;

    private AddressRange(String text, IpSubnetFilterRule rule) {
        this.text = text;
        this.rule = rule;
    }

    /**
     * @param text such as {@code 127.0.0.1}, {@code ::1} or {@code 10.0.0.0/8}; no name is resolved
     * @throws IllegalArgumentException if it is none
     */
    public static AddressRange of(String text) {
        String[] parts = text.split("/", 2);
        boolean four = NetUtil.isValidIpV4Address(parts[0]);
        if (!four && !NetUtil.isValidIpV6Address(parts[0])) {
            throw new IllegalArgumentException(text);
        }
        int prefix = parts.length == 2 ? Integer.parseInt(parts[1]) : four ? 32 : 128;
        return new AddressRange(text, new IpSubnetFilterRule(parts[0], prefix, IpFilterRuleType.ACCEPT));
    }

    public boolean contains(InetSocketAddress address) {
        return rule.matches(address);
    }

    @Override
    public String toString() {
        return text;
    }
}
