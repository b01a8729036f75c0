/** English verbs whose past does not show the verb; other languages keep their stems. */
export const IRREGULAR = new Map(
  `began:begin begun:begin bought:buy brought:bring built:build came:come caught:catch chose:choose chosen:choose drew:draw drove:drive driven:drive
  fell:fall fallen:fall fled:flee fought:fight gave:give given:give gone:go went:go grew:grow held:hold kept:keep knew:know known:know laid:lay led:lead
  left:leave lost:lose made:make met:meet paid:pay ran:run rose:rise risen:rise said:say sang:sing sent:send sold:sell sought:seek spent:spend spoke:speak
  spoken:speak stood:stand stole:steal struck:strike swore:swear sworn:swear taught:teach thought:think threw:throw told:tell took:take taken:take
  understood:understand won:win wore:wear wrote:write written:write children:child men:man women:woman people:person wives:wife lives:life died:die dying:die`
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]),
);
