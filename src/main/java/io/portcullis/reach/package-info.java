/**
 * Who can reach whom: the semantics of policies as set algebra, and the reason with each answer.
 *
 * <p>A pod is an {@link io.portcullis.reach.Endpoint}, addresses that no pod has are {@link
 * io.portcullis.reach.Outside}; both are a {@link io.portcullis.reach.Peer}. Each peer of each rule
 * of a policy is a {@link io.portcullis.reach.Clause}. All clauses that are asked about a pod in
 * one direction are its {@link io.portcullis.reach.Stance}, with its {@link
 * io.portcullis.reach.Isolation} in the middle; the walk through it is a {@link
 * io.portcullis.reach.Verdict}: the open ports, and the clauses that decided. What passes from one
 * peer to another is a {@link io.portcullis.reach.Connection}: the source's egress verdict and the
 * destination's ingress verdict, of which the ports that both leave open are open.
 *
 * <h2>Whom a peer means</h2>
 *
 * In a NetworkPolicy, where "absent" is also {@code null}:
 *
 * <table>
 * <tr><th>podSelector</th><th>namespaceSelector</th><th>means</th></tr>
 * <tr><td>{@code {}}</td><td>absent</td><td>all pods of the policy's namespace</td></tr>
 * <tr><td>set</td><td>absent</td><td>matching pods of the policy's namespace</td></tr>
 * <tr><td>absent</td><td>{@code {}}</td><td>all pods of all namespaces</td></tr>
 * <tr><td>{@code {}}</td><td>{@code {}}</td><td>all pods of all namespaces</td></tr>
 * <tr><td>set</td><td>{@code {}}</td><td>matching pods of all namespaces</td></tr>
 * <tr><td>absent</td><td>set</td><td>all pods of matching namespaces</td></tr>
 * <tr><td>{@code {}}</td><td>set</td><td>all pods of matching namespaces</td></tr>
 * <tr><td>set</td><td>set</td><td>matching pods of matching namespaces (and, not or)</td></tr>
 * <tr><td>absent</td><td>absent</td><td>{@code ipBlock}: addresses of {@code cidr} without {@code
 *     except}, of pods too where they are known; {@code {}} is refused by the API server and
 *     matches nobody</td></tr>
 * </table>
 *
 * No selector matches a pod in the network of its node, neither as the pod that a policy is about
 * nor as a peer.
 *
 * <h2>What lists mean</h2>
 *
 * <table>
 * <tr><th>field</th><th>absent</th><th>{@code []}</th><th>{@code [{}]}</th></tr>
 * <tr><td>{@code ingress}</td><td>isolates if {@code policyTypes} has it, allows nothing</td>
 *     <td>the same</td><td>allows everything</td></tr>
 * <tr><td>{@code from}, {@code to}</td><td>everybody, outside too</td><td>the same</td>
 *     <td>refused</td></tr>
 * <tr><td>{@code ports} of a NetworkPolicy</td><td>every port</td><td>the same</td>
 *     <td>every TCP port</td></tr>
 * <tr><td>{@code ports} of an AdminNetworkPolicy</td><td>every port</td><td>none</td>
 *     <td>refused</td></tr>
 * <tr><td>{@code policyTypes}</td><td>Ingress; Egress too if there is an egress rule</td>
 *     <td>the same</td><td>refused</td></tr>
 * </table>
 *
 * <h2>Who is asked, in order</h2>
 *
 * <ol>
 *   <li>Policies of the admin tier by priority, their rules as written: the first that matches
 *       decides; Pass hands on to the next step.
 *   <li>NetworkPolicies: if one selects the pod, what none allows is closed, and nobody else is
 *       asked.
 *   <li>Policies of the baseline tier by priority: the first that matches decides.
 *   <li>What is left is open.
 * </ol>
 *
 * <p>A worked example: {@code shop/api} is selected by a policy with {@code ingress: [{from:
 * [{podSelector: {app: web}}], ports: [{port: http}]}]}, and its container names 8080 {@code http}.
 * From {@code shop/web} the ingress verdict opens TCP/8080 because of {@code
 * spec.ingress[0].from[0]}; from {@code world} nothing; the egress verdict of {@code shop/web},
 * which no policy selects, opens everything, so the connection is TCP/8080.
 *
 * <p>Two ways to ask: {@link io.portcullis.reach.Reach} pair by pair, for one change; the map of
 * all pairs, which first finds the classes of peers that no clause tells apart. Both walk the same
 * {@link io.portcullis.reach.Stance}.
 *
 * <p>May use {@code cluster}, {@code kube} and {@code net}. Knows nothing of rules, settings or
 * formats. It says what policies leave open, not what listens: Services and container ports matter
 * only where a port has a name.
 */
@NullMarked
package io.portcullis.reach;

import org.jspecify.annotations.NullMarked;
